/** The first bytes of a stream, and all of them. */
export interface Peeked {
  readonly beginning: Buffer
  /** Whether the beginning is all there is. */
  readonly complete: boolean
  /** From the first byte on, the beginning included; can be gone through once. */
  readonly all: AsyncIterable<Uint8Array>
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/** Reads ahead in a stream, by `size` bytes at least if it has as many. A byte order mark is dropped. */
export async function peek(stream: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const iterator = stream[Symbol.asyncIterator]()
  let bytes = Buffer.alloc(0)
  let complete = false
  while (bytes.length < size && !complete) {
    const next = await iterator.next()
    if (next.done === true) complete = true
    else bytes = Buffer.concat([bytes, next.value])
  }
  const start = bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0
  const beginning = bytes.subarray(start)
  return { beginning, complete, all: replay(beginning, complete, iterator) }
}

async function* replay(
  beginning: Buffer,
  complete: boolean,
  iterator: AsyncIterator<Uint8Array>,
): AsyncIterable<Uint8Array> {
  if (beginning.length > 0) yield beginning
  for (let ended = complete; !ended;) {
    const next = await iterator.next()
    ended = next.done === true
    if (next.done !== true) yield next.value
  }
}
