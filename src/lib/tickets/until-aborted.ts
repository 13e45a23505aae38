/** The items of an iterable until a signal aborts, also while the next item is still awaited. */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncIterable<Item> {
  const iterator = items[Symbol.asyncIterator]()
  while (signal?.aborted !== true) {
    const next = await nextUnlessAborted(iterator, signal)
    if (next === undefined || next.done === true) return
    yield next.value
  }
}

/** Not a race against one promise for all items: that promise would keep every item in memory. */
function nextUnlessAborted<Item>(
  iterator: AsyncIterator<Item>,
  signal: AbortSignal | undefined,
): Promise<IteratorResult<Item> | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined)
    signal?.addEventListener('abort', stop)
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener('abort', stop))
  })
}
