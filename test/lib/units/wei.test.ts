import assert from 'node:assert/strict'
import fc from 'fast-check'

import { UsageError, exitCodes } from '../../../src/lib/errors.ts'
import { formatWei, parseWei, weiPer } from '../../../src/lib/units/wei.ts'
import type { EtherUnit } from '../../../src/lib/units/wei.ts'

const units = Object.keys(weiPer) as EtherUnit[]
const mostWei = 10n ** 27n

describe('parseWei', () => {
  const amounts: readonly (readonly [text: string, wei: bigint])[] = [
    ['1', 10n ** 18n],
    ['0.1', 10n ** 17n],
    ['0.1eth', 10n ** 17n],
    ['0.1 ETH', 10n ** 17n],
    ['00.10', 10n ** 17n],
    [' 1 ', 10n ** 18n],
    ['\t1\n', 10n ** 18n],
    ['5gwei', 5n * 10n ** 9n],
    ['5 Gwei', 5n * 10n ** 9n],
    ['0.000000001gwei', 1n],
    ['1000wei', 1000n],
    ['0.000000000000000001', 1n],
    ['1.000000000000000000', 10n ** 18n],
    ['1000000000.000000000000000000', mostWei],
    ['9007199254740993wei', 9_007_199_254_740_993n],
  ]
  for (const [text, wei] of amounts) {
    it(`reads ${JSON.stringify(text)} exactly`, () => assert.equal(parseWei(text), wei))
  }

  const plain = 'write a number and, if it is not ETH, its unit: eth, gwei or wei'
  const refused: readonly (readonly [text: string, why: string])[] = [
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['0', 'it must be more than zero'],
    ['0.000', 'it must be more than zero'],
    ['0wei', 'it must be more than zero'],
    ['-1', 'it must be more than zero'],
    [' -0.5eth', 'it must be more than zero'],
    ['0,1', 'write decimals with a point'],
    ['1,000', 'write decimals with a point'],
    ['1e3', 'exponents are not taken'],
    ['1.5E-3', 'exponents are not taken'],
    ['0.0000000000000000019', 'eth has at most 18 decimals, this has 19'],
    ['1.0000000000000000000', 'eth has at most 18 decimals, this has 19'],
    ['0.0000000001gwei', 'gwei has at most 9 decimals, this has 10'],
    ['1.5wei', 'wei has at most 0 decimals, this has 1'],
    ['1000000000.000000000000000001', 'it is more than all ETH in existence'],
    ['1'.repeat(40), 'it is more than all ETH in existence'],
    ['+1', plain],
    ['.5', plain],
    ['5.', plain],
    ['1.2.3', plain],
    ['1_000', plain],
    ['0x10', plain],
    ['Infinity', plain],
    ['NaN', plain],
    ['1 ether', plain],
    ['1 kwei', plain],
    ['eth', plain],
    ['1 2', plain],
    ['١', plain],
    ['\uff11', plain],
  ]
  for (const [text, why] of refused) {
    it(`refuses ${JSON.stringify(text)}: ${why}`, () => {
      assert.throws(
        () => parseWei(text),
        new UsageError('AMOUNT_INVALID', `"${text}" is not an amount: ${why}`, {
          nextSteps: ['write amounts like 0.1, 0.1eth, 5gwei or 1000wei'],
        }),
      )
    })
  }

  it('does not repeat what may be a private key', () => {
    const key = `0x${'1f'.repeat(32)}`
    for (const text of [key, key.slice(2), '9'.repeat(100_000)]) {
      assert.throws(
        () => parseWei(text),
        (error) => error instanceof UsageError && error.message.startsWith('this is not an amount: '),
      )
    }
  })

  it('takes zero where zero is a value', () => {
    assert.equal(parseWei('0', { allowZero: true }), 0n)
    assert.equal(parseWei('0.0gwei', { allowZero: true }), 0n)
    assert.throws(() => parseWei('-0', { allowZero: true }), { code: 'AMOUNT_INVALID' })
    assert.throws(() => parseWei('', { allowZero: true }), { code: 'AMOUNT_INVALID' })
  })

  it('takes another unit for a number without one', () => {
    assert.equal(parseWei('0.5', { defaultUnit: 'gwei' }), 5n * 10n ** 8n)
    assert.equal(parseWei('0.5eth', { defaultUnit: 'gwei' }), 5n * 10n ** 17n)
    assert.throws(() => parseWei('0.5', { defaultUnit: 'wei' }), {
      message: '"0.5" is not an amount: wei has at most 0 decimals, this has 1',
    })
  })

  it('gives an amount or a usage error, whatever the text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-+eE xwghit\n\0')) }),
      fc.stringMatching(/^[0-9]{0,40}\.?[0-9]{0,30} ?(wei|gwei|eth)?$/),
    )
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const wei = parseWei(text)
          assert.ok(wei > 0n && wei <= mostWei)
        } catch (error) {
          assert.ok(error instanceof UsageError, String(error))
          assert.deepEqual([error.code, error.exitCode], ['AMOUNT_INVALID', exitCodes.usage])
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('formatWei', () => {
  const texts: readonly (readonly [wei: bigint, unit: EtherUnit, text: string])[] = [
    [0n, 'eth', '0'],
    [1n, 'eth', '0.000000000000000001'],
    [10n ** 17n, 'eth', '0.1'],
    [10n ** 18n, 'eth', '1'],
    [10n ** 19n + 5n, 'eth', '10.000000000000000005'],
    [-(10n ** 17n), 'eth', '-0.1'],
    [-1n, 'wei', '-1'],
    [1n, 'gwei', '0.000000001'],
    [1_500_000_000n, 'gwei', '1.5'],
    [100n, 'wei', '100'],
  ]
  for (const [wei, unit, text] of texts) {
    it(`writes ${String(wei)} wei in ${unit} as ${text}`, () => assert.equal(formatWei(wei, unit), text))
  }

  it('writes ETH when no unit is named', () => assert.equal(formatWei(10n ** 18n), '1'))

  it('writes what parseWei reads back, in every unit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: mostWei }), fc.constantFrom(...units), (wei, unit) => {
        const text = formatWei(wei, unit)
        assert.equal(parseWei(text, { defaultUnit: unit }), wei)
        assert.equal(parseWei(`${text}${unit}`), wei)
        assert.match(text, /^\d+(?:\.\d*[1-9])?$/)
      }),
      { numRuns: 1000 },
    )
  })

  it('writes a negative amount as the positive one with a sign', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: mostWei }), fc.constantFrom(...units), (wei, unit) => {
        assert.equal(formatWei(-wei, unit), `-${formatWei(wei, unit)}`)
      }),
    )
  })
})
