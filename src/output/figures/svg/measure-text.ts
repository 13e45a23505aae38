/** Of a letter's height, in a font that is not known: a little more than most take. */
const letterWidth = 0.62

/** Pixels that a text takes at most. */
export function widthOf(content: string, size: number): number {
  return [...content].length * size * letterWidth
}

export function lettersIn(width: number, size: number): number {
  return Math.max(1, Math.floor(width / size / letterWidth))
}
