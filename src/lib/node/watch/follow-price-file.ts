import { LpPayError } from '../../errors.ts'
import { parsePriceFile } from '../../pricefile/parse-price-file.ts'
import type { ReadPriceFile } from '../../pricefile/parse-price-file.ts'
import { readPriceText } from '../../pricefile/price-file.ts'

/** What a look at a price file may have to tell. */
export type FileNews = 'changed' | LpPayError

/**
 * Reads a price file again and again. When it has become wrong, or is gone, the last good one holds, and the trouble is
 * told once.
 *
 * @param check throws what is wrong with a file that can be read
 * @returns what reads it; throws as `readPriceFile` and `check` until the file was good once
 */
export function followPriceFile(
  path: string,
  check: (read: ReadPriceFile) => void,
  tell: (news: FileNews) => void,
): () => Promise<ReadPriceFile> {
  let seen: string | undefined
  let good: ReadPriceFile | undefined
  let told: string | undefined
  return async () => {
    try {
      const text = await readPriceText(path)
      if (text !== seen || told !== undefined) {
        const read = parsePriceFile(text, path)
        check(read)
        if (good !== undefined && text !== seen) tell('changed')
        good = text === seen ? good : read
        seen = text
        told = undefined
      }
    } catch (error) {
      if (!(error instanceof LpPayError) || good === undefined) throw error
      if (error.message !== told) tell(error)
      told = error.message
    }
    if (good === undefined) throw new Error('a good file was read')
    return good
  }
}
