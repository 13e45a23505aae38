/** Of a letter's height, in a font that is not known: a little more than most take. */
const letterWidth = 0.58

/** Pixels that a text takes at most. */
export function widthOf(content: string, size: number): number {
  return [...content].length * size * letterWidth
}

export function lettersIn(width: number, size: number): number {
  return Math.max(1, Math.floor(width / size / letterWidth))
}

/** What fits; of names that are too long the middle goes, as the ends of addresses tell them apart. */
export function shorten(content: string, characters: number): string {
  const signs = [...content]
  if (signs.length <= characters) return content
  const kept = Math.max(2, characters - 1)
  return [...signs.slice(0, Math.ceil(kept / 2)), '…', ...signs.slice(-Math.floor(kept / 2))].join('')
}
