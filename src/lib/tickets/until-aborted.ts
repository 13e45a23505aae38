/** The items of an iterable until a signal aborts, also while the next item is still awaited. */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncIterable<Item> {
  const iterator = items[Symbol.asyncIterator]()
  const aborted = new Promise<undefined>((resolve) => {
    signal?.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  while (signal?.aborted !== true) {
    const awaited = iterator.next()
    const next = await Promise.race([awaited, aborted])
    if (next === undefined) {
      // Nobody waits for it any more, so nobody is told if it fails.
      awaited.catch(() => undefined)
      return
    }
    if (next.done === true) return
    yield next.value
  }
}
