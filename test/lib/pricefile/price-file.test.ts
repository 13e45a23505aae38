import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { readPriceFile } from '../../../src/lib/pricefile/price-file.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

describe('readPriceFile', () => {
  const folder = temporaryFolder()
  const path = () => join(folder.path, 'prices.yaml')

  it('reads a file, and calls it by its path', async () => {
    await writeFile(path(), '\ufeffgateway:\r\n  maxPrice: 1wei/pixel\r\n')
    const { fileName, prices, placeOf } = await readPriceFile(path())
    assert.equal(fileName, path())
    assert.equal(prices.gateway?.maxPrice?.amount.numerator, 1n)
    assert.equal(placeOf('gateway.maxPrice').line, 2)
  })

  it('says how to make the one that is missing', async () => {
    await assert.rejects(readPriceFile(path()), {
      code: 'PRICE_FILE_MISSING',
      message: `there is no price file ${path()}`,
      nextSteps: [`lp-pay price init --file ${path()}`],
    })
  })

  it('refuses folders, what is too large and what is no text', async () => {
    await assert.rejects(readPriceFile(folder.path), { code: 'FILE_UNREADABLE' })
    await writeFile(path(), '#'.repeat(128 * 1024 + 1))
    await assert.rejects(readPriceFile(path()), { code: 'INPUT_TOO_LONG' })
    await writeFile(path(), Buffer.from([0x23, 0xff, 0xfe]))
    await assert.rejects(readPriceFile(path()), {
      code: 'PRICE_FILE_INVALID',
      message: `${path()} is not UTF-8 text`,
    })
  })
})
