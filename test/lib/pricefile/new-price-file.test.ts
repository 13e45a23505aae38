import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import {
  newPriceText,
  parsePriceAnswer,
  writeNewPriceFile,
} from '../../../src/lib/pricefile/new-price-file.ts'
import { parsePriceFile } from '../../../src/lib/pricefile/parse-price-file.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

describe('a new price file', () => {
  const folder = temporaryFolder()
  const answers = ['orchestrator.transcoding=1200wei/pixel', 'gateway.maxTicketEv = 3000gwei'].map(
    parsePriceAnswer,
  )

  it('says what was answered', () => {
    const { orchestrator, gateway } = parsePriceFile(newPriceText(answers), 'x').prices
    assert.equal(orchestrator?.transcoding?.amount.numerator, 1200n)
    assert.equal(gateway?.maxTicketEvWei, 3_000_000_000_000n)
  })

  it('refuses no answers, and answers that are none', () => {
    assert.throws(() => newPriceText([]), { code: 'PRICES_MISSING' })
    for (const text of ['', 'gateway.maxPrice', 'gateway.maxPrice=', '=1wei/pixel']) {
      assert.throws(() => parsePriceAnswer(text), { code: 'PRICE_ANSWER_INVALID' })
    }
    assert.throws(() => newPriceText([{ key: 'gateway.x', value: '1' }]), { code: 'PRICE_KEY_UNKNOWN' })
  })

  it('is never written over another', async () => {
    const path = join(folder.path, 'prices.yaml')
    const text = newPriceText(answers)
    assert.deepEqual(await writeNewPriceFile(path, text), { file: path, text })
    assert.equal((await stat(path)).mode & 0o022, 0)
    await assert.rejects(writeNewPriceFile(path, text), { code: 'FILE_EXISTS' })
    assert.equal(await readFile(path, 'utf8'), text)
  })
})
