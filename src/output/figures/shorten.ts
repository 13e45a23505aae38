/** What fits; of names that are too long the middle goes, as the ends of addresses tell them apart. */
export function shorten(content: string, characters: number): string {
  const signs = [...content]
  if (signs.length <= characters) return content
  const kept = Math.max(2, characters - 1)
  return [...signs.slice(0, Math.ceil(kept / 2)), '…', ...signs.slice(-Math.floor(kept / 2))].join('')
}
