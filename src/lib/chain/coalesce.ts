/**
 * Collects what is added during one turn of the event loop and hands it over in groups of at most `size`, in the
 * order it came.
 */
export function createCoalescer<T>(size: number, handOver: (group: readonly T[]) => void): (item: T) => void {
  let waiting: T[] = []
  const flush = () => {
    const items = waiting
    waiting = []
    for (let start = 0; start < items.length; start += size) handOver(items.slice(start, start + size))
  }
  return (item) => {
    if (waiting.push(item) === 1) setImmediate(flush)
  }
}
