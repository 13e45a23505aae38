import assert from 'node:assert/strict'
import { readFile, stat, symlink, writeFile, lstat } from 'node:fs/promises'
import { join } from 'node:path'

import fc from 'fast-check'

import { parsePriceFile } from '../../../src/lib/pricefile/parse-price-file.ts'
import { pricedJobs } from '../../../src/lib/pricefile/priced-jobs.ts'
import { editPrice, setPrice, valueToSet } from '../../../src/lib/pricefile/set-price.ts'
import { formatPrice } from '../../../src/lib/pricing/price.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

const gateway = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const text = `# mine
orchestrator: # what we ask

  transcoding:   "1200wei/pixel"   # as most
  gateways: # friends
    ${gateway.toLowerCase()}: 300wei/pixel # a friend
  capabilities:
    # pictures
    - pipeline: text-to-image
      gateway: ${gateway}
      price: 1wei/pixel
    - pipeline: text-to-image # everybody
      price: 2wei/pixel # cheap
`

describe('editPrice', () => {
  const edit = (key: string, value?: string, before = text) => editPrice(before, 'x', key, value)

  it('replaces a value in place, and nothing else', () => {
    assert.deepEqual(edit('orchestrator.transcoding', '1000wei/pixel'), {
      text: text.replace('"1200wei/pixel"', '1000wei/pixel'),
      before: '1200wei/pixel',
    })
    assert.equal(edit(`orchestrator.gateways.${gateway}`, '5wei/pixel').text, text.replace('300wei', '5wei'))
    assert.equal(
      edit('orchestrator.capabilities.text-to-image', '7wei/pixel').text,
      text.replace('2wei', '7wei'),
    )
  })

  it('leaves the text alone when it says so already', () => {
    assert.equal(edit('orchestrator.transcoding', ' 1200wei/pixel ').text, text)
    assert.equal(edit('gateway.maxPrice').text, text)
  })

  it('adds what is missing, and keeps the comments', () => {
    const comments = text.match(/#.*$/gm) ?? []
    for (const [key, value] of [
      ['orchestrator.ticketEv', '8gwei'],
      ['gateway.maxPrice', '1wei/pixel'],
      ['gateway.capabilities.llm/meta/llama', '5wei/token'],
      ['orchestrator.gateways.0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', '1wei/pixel'],
    ] as const) {
      const after = edit(key, value).text
      assert.equal(edit(key, value, after).before, value)
      for (const comment of comments) assert.ok(after.includes(comment), `${key}: ${comment}\n${after}`)
    }
  })

  it('fills a section that was empty', () => {
    for (const before of ['', '# nothing\n', 'gateway:\n', 'gateway: {}\n', 'gateway: # later\n']) {
      const after = edit('gateway.maxPrice', '1wei/pixel', before).text
      assert.equal(edit('gateway.maxPrice', '1wei/pixel', after).before, '1wei/pixel', after)
      for (const comment of before.match(/#.*$/gm) ?? []) assert.ok(after.includes(comment), after)
    }
  })

  it('takes values out', () => {
    const without = edit('orchestrator.capabilities.text-to-image').text
    assert.equal(parsePriceFile(without, 'x').prices.orchestrator?.capabilities.length, 1)
    assert.equal(
      parsePriceFile(edit(`orchestrator.gateways.${gateway}`).text, 'x').prices.orchestrator?.gateways.size,
      0,
    )
    assert.equal(
      parsePriceFile(edit('orchestrator.transcoding').text, 'x').prices.orchestrator?.transcoding,
      undefined,
    )
  })

  it('quotes addresses, which are numbers to other programs', () => {
    assert.ok(
      edit(`orchestrator.gateways.${gateway}`, '1wei/pixel', '').text.includes(`"${gateway}": 1wei/pixel`),
    )
  })

  it('refuses keys and values that are none, and files that are broken already', () => {
    for (const [key, value, code] of [
      ['orchestrator.transcodin', '1wei/pixel', 'PRICE_KEY_UNKNOWN'],
      ['gateway.gateways.0x1', '1wei/pixel', 'PRICE_KEY_UNKNOWN'],
      ['orchestrator.capabilities', '1wei/pixel', 'PRICE_KEY_UNKNOWN'],
      ['__proto__.x', '1wei/pixel', 'PRICE_KEY_UNKNOWN'],
      ['orchestrator.constructor', '1wei/pixel', 'PRICE_KEY_UNKNOWN'],
      ['orchestrator.gateways.0x1', '1wei/pixel', 'ADDRESS_INVALID'],
      ['gateway.capabilities.LLM', '1wei/token', 'PIPELINE_INVALID'],
      ['gateway.capabilities.llm/a b', '1wei/token', 'MODEL_INVALID'],
      ['orchestrator.transcoding', '1e12wei', 'PRICE_INVALID'],
      ['orchestrator.ticketEv', '8', 'AMOUNT_UNIT_MISSING'],
      ['orchestrator.autoAdjustPrice', 'yes', 'SWITCH_INVALID'],
      ['gateway.depositMultiplier', '1.5', 'NUMBER_INVALID'],
    ] as const) {
      assert.throws(() => edit(key, value), { code }, key)
    }
    assert.throws(() => edit('gateway.maxPrice', '1wei/pixel', 'gatway: {}'), { code: 'PRICE_FILE_INVALID' })
  })

  it('says what was set, whatever was set before', () => {
    const prices = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 20n }), fc.constantFrom('wei', 'gwei', 'ETH', 'USD'))
      .map(([amount, currency]) => `${String(amount)}${currency}/pixel`)
    const keys = fc.constantFrom(
      'orchestrator.transcoding',
      `orchestrator.gateways.${gateway}`,
      'orchestrator.capabilities.text-to-image',
      'orchestrator.capabilities.text-to-image/a/b',
      'gateway.maxPrice',
      'gateway.capabilities.upscale',
    )
    const changes = fc.array(fc.tuple(keys, fc.option(prices, { nil: undefined })), { maxLength: 12 })
    fc.assert(
      fc.property(changes, fc.constantFrom('', text, text.replaceAll('\n', '\r\n')), (steps, start) => {
        let current = start
        const wanted = new Map<string, string | undefined>()
        for (const [key, value] of steps) {
          current = editPrice(current, 'x', key, value).text
          wanted.set(key, value)
        }
        for (const [key, value] of wanted) {
          const { before } = editPrice(current, 'x', key, '1wei/pixel')
          assert.equal(before ?? undefined, value)
        }
        const said = pricedJobs(parsePriceFile(current, 'x').prices).map(({ price }) => formatPrice(price))
        for (const value of wanted.values()) if (value !== undefined) assert.ok(said.includes(value))
      }),
      { numRuns: 60 },
    )
  })
})

describe('setPrice', () => {
  const folder = temporaryFolder()
  const path = () => join(folder.path, 'prices.yaml')

  it('writes the file as a whole, with the permissions that it had', async () => {
    await writeFile(path(), text, { mode: 0o640 })
    assert.deepEqual(await setPrice(path(), 'orchestrator.transcoding', '1wei/pixel'), {
      file: path(),
      key: 'orchestrator.transcoding',
      before: '1200wei/pixel',
      after: '1wei/pixel',
      changed: true,
    })
    assert.equal(await readFile(path(), 'utf8'), text.replace('"1200wei/pixel"', '1wei/pixel'))
    assert.equal((await stat(path())).mode & 0o777, 0o640)
    assert.equal((await setPrice(path(), 'orchestrator.transcoding', '1wei/pixel')).changed, false)
  })

  it('leaves a link a link', async () => {
    await writeFile(path(), text)
    const link = join(folder.path, 'link.yaml')
    await symlink(path(), link)
    await setPrice(link, 'gateway.maxPrice', '1wei/pixel')
    assert.ok((await lstat(link)).isSymbolicLink())
    assert.match(await readFile(path(), 'utf8'), /maxPrice: 1wei/)
  })

  it('writes nothing when something is wrong', async () => {
    await writeFile(path(), text)
    await assert.rejects(setPrice(path(), 'orchestrator.transcoding', '0'))
    assert.equal(await readFile(path(), 'utf8'), text)
    await assert.rejects(setPrice(join(folder.path, 'none.yaml'), 'gateway.maxPrice', '1wei/pixel'), {
      code: 'PRICE_FILE_MISSING',
    })
  })

  it('takes a value or --unset', () => {
    assert.equal(valueToSet('1wei/pixel', false), '1wei/pixel')
    assert.equal(valueToSet(undefined, true), undefined)
    assert.throws(() => valueToSet('x', true), { code: 'VALUE_SURPLUS' })
    assert.throws(() => valueToSet(undefined, false), { code: 'VALUE_MISSING' })
    assert.throws(() => valueToSet(' ', false), { code: 'VALUE_MISSING' })
  })
})
