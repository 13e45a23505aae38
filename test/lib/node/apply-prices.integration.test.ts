import assert from 'node:assert/strict'

import fc from 'fast-check'

import { LpPayError } from '../../../src/lib/errors.ts'
import { applyPrices } from '../../../src/lib/node/apply-prices.ts'
import type { ApplyRequest } from '../../../src/lib/node/apply-prices.ts'
import type { AppliedPlan } from '../../../src/lib/node/apply-plan.ts'
import { failedComparison } from '../../../src/lib/node/diff-node.ts'
import { planNode } from '../../../src/lib/node/plan-node.ts'
import { parsePriceFile } from '../../../src/lib/pricefile/parse-price-file.ts'
import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'
import { formatGoRational } from '../../helpers/go-rational.ts'
import { useNodeServer } from '../../helpers/node-server.ts'
import type { NodeServer } from '../../helpers/node-server.ts'
import { friend, gatewayYaml, orchestratorYaml, planOptions, useNodeClients } from './make-node.ts'

describe('a price file and a running node', () => {
  const nodes = useNodeServer()
  const clients = useNodeClients()

  const apply = (node: NodeServer, yaml: string, options: Partial<ApplyRequest> = {}): Promise<AppliedPlan> =>
    applyPrices({
      ...planOptions,
      read: parsePriceFile(yaml, 'prices.yaml'),
      client: clients.open(node.url),
      signal: new AbortController().signal,
      isDryRun: false,
      confirm: () => Promise.resolve(),
      ...options,
    })

  const diff = async (node: NodeServer, yaml: string) => {
    const { comparison } = await planNode(
      parsePriceFile(yaml, 'prices.yaml'),
      clients.open(node.url),
      planOptions,
    )
    return comparison
  }

  const outcomes = ({ application }: AppliedPlan) =>
    application.values.map(({ path, state, outcome }) => `${path} ${state} ${outcome}`)

  const bodies = (node: NodeServer) => node.writes.map(({ path, body }) => `${path} ${body}`)

  it('sets what an orchestrator takes, in forms, and reads it back', async () => {
    const node = await nodes.start({ kind: 'orchestrator', prices: { default: '1200', [friend]: '300' } })
    const applied = await apply(node, orchestratorYaml)
    assert.equal(applied.failure, undefined)
    assert.deepEqual(outcomes(applied), [
      'orchestrator.transcoding differs set',
      `orchestrator.gateways.${friend} equal untouched`,
      'orchestrator.capabilities[0].price startOnly untouched',
      'orchestrator.maxFaceValue notReadable sent',
      'orchestrator.ticketEv startOnly untouched',
      'orchestrator.autoAdjustPrice startOnly untouched',
    ])
    assert.deepEqual(bodies(node), [
      '/setOrchestratorConfig pricePerUnit=164000000000000&pixelsPerUnit=1000000000000&currency=wei',
      '/setMaxFaceValue maxfacevalue=10000000000000000',
    ])
    for (const { method, contentType } of node.writes) {
      assert.deepEqual([method, contentType], ['POST', 'application/x-www-form-urlencoded'])
    }
    assert.deepEqual(applied.application.startFlags, [
      `-aiModels '[{"pipeline":"text-to-image","model_id":"default","price_per_unit":4768371,"pixels_per_unit":1,"currency":"wei"}]'`,
      '-ticketEV 3000000000',
      '-autoAdjustPrice=true',
    ])
    assert.equal(failedComparison(await diff(node, orchestratorYaml)), undefined)
  })

  it('sets what a gateway takes', async () => {
    const node = await nodes.start()
    const applied = await apply(node, gatewayYaml)
    assert.deepEqual(outcomes(applied), [
      'gateway.maxPrice differs set',
      'gateway.capabilities[0].price notReadable sent',
      'gateway.capabilities[1].price notReadable sent',
      'gateway.maxTicketEv startOnly untouched',
      'gateway.maxTotalEv startOnly untouched',
      'gateway.depositMultiplier startOnly untouched',
    ])
    assert.deepEqual(bodies(node), [
      '/setBroadcastConfig maxPricePerUnit=2000&pixelsPerUnit=1&currency=wei',
      '/setMaxPriceForCapability maxPricePerUnit=5000000&pixelsPerUnit=1&currency=wei&pipeline=text-to-image&modelID=default',
      '/setMaxPriceForCapability maxPricePerUnit=13000000000&pixelsPerUnit=1000&currency=wei&pipeline=audio-to-text&modelID=openai%2Fwhisper-large-v3',
    ])
    assert.deepEqual(
      [...node.memory.capabilityPrices].map(([name, price]) => [name, formatGoRational(price)]),
      [
        ['text-to-image/default', '5000000'],
        ['audio-to-text/openai/whisper-large-v3', '13000000'],
      ],
    )
    assert.deepEqual(applied.application.startFlags, [
      '-maxTicketEV 3000000000000',
      '-maxTotalEV 20000000000000',
      '-depositMultiplier 1',
    ])
  })

  it('says value by value what differs, what cannot be read and what the file does not name', async () => {
    const other = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
    const node = await nodes.start({
      kind: 'orchestrator',
      prices: { default: '169', [friend]: '601/2', [other]: '5' },
    })
    const comparison = await diff(node, orchestratorYaml)
    assert.deepEqual(
      comparison.values
        .slice(0, 2)
        .map(({ state, file, fileWei, nodeWei }) => [state, file, fileWei, nodeWei]),
      [
        [
          'differs',
          '0.41USD/1e12pixels',
          { numerator: 164n, denominator: 1n },
          { numerator: 169n, denominator: 1n },
        ],
        [
          'differs',
          '300wei/pixel',
          { numerator: 300n, denominator: 1n },
          { numerator: 601n, denominator: 2n },
        ],
      ],
    )
    const last = comparison.values.at(-1)
    assert.deepEqual([last?.path, last?.state], [`orchestrator.gateways.${other.toLowerCase()}`, 'notInFile'])
    const failure = failedComparison(comparison)
    assert.equal(failure?.exitCode, 11)
    assert.deepEqual(failure.details['differing'], [
      'orchestrator.transcoding',
      `orchestrator.gateways.${friend}`,
    ])
    assert.equal(node.writes.length, 0)
  })

  it('leaves a price in USD alone that is within the threshold, and one in wei only when it is the same', async () => {
    const node = await nodes.start({ kind: 'orchestrator', prices: { default: '166' } })
    const usd = 'orchestrator:\n  transcoding: 0.41USD/1e12pixels\n  ticketEv: 3gwei\n'
    assert.equal((await diff(node, usd)).values[0]?.state, 'equal')
    await node.restart({ prices: { default: '168' } })
    assert.equal((await diff(node, usd)).values[0]?.state, 'differs')
    const wei = usd.replace('0.41USD/1e12pixels', '167999999wei/1e6pixels')
    assert.equal((await diff(node, wei)).values[0]?.state, 'differs')
  })

  it('asks for no rate when nothing needs one', async () => {
    const node = await nodes.start()
    const currentRate = () => Promise.reject(new Error('nobody is asked'))
    assert.equal((await apply(node, gatewayYaml, { currentRate })).application.rate, null)
  })

  it('sends nothing in a dry run, without a yes, or when all is as it should be', async () => {
    const node = await nodes.start({ maxPrice: '2000' })
    const planned = await apply(node, gatewayYaml, { isDryRun: true })
    assert.deepEqual(outcomes(planned).slice(0, 2), [
      'gateway.maxPrice equal untouched',
      'gateway.capabilities[0].price notReadable planned',
    ])
    const no = new Error('no')
    await assert.rejects(apply(node, gatewayYaml, { confirm: () => Promise.reject(no) }), no)
    await apply(node, 'gateway:\n  maxPrice: 2000wei/pixel\n', { confirm: () => Promise.reject(no) })
    assert.deepEqual(node.writes, [])
  })

  it('stops at the first value that is refused, and says what was applied', async () => {
    const node = await nodes.start()
    const applied = await apply(
      node,
      gatewayYaml.replace('pipeline: text-to-image', 'pipeline: text-to-imaje'),
    )
    assert.deepEqual(outcomes(applied).slice(0, 3), [
      'gateway.maxPrice differs set',
      'gateway.capabilities[0].price notReadable failed',
      'gateway.capabilities[1].price notReadable notSent',
    ])
    assert.equal(applied.failure?.exitCode, 5)
    assert.equal(applied.failure.message, `${node.url} refused: pipeline not supported`)
    assert.equal(applied.application.values[1]?.reason, applied.failure.message)
    assert.equal(node.memory.capabilityPrices.size, 0)
  })

  it('takes an error after the price was set for what it is', async () => {
    const node = await nodes.start({ kind: 'orchestrator', transcoderError: 'could not get orchestrator' })
    const applied = await apply(node, orchestratorYaml)
    assert.equal(applied.failure, undefined)
    assert.equal(applied.application.values[0]?.outcome, 'set')
    assert.equal(applied.application.values[0].reason, `${node.url} failed: could not get orchestrator`)
  })

  it('takes an answer that never came for what it is', async () => {
    const node = await nodes.start()
    node.interfere('/setMaxPriceForCapability', (response) => response.destroy())
    const applied = await apply(node, gatewayYaml)
    assert.deepEqual(outcomes(applied).slice(0, 3), [
      'gateway.maxPrice differs set',
      'gateway.capabilities[0].price notReadable unknown',
      'gateway.capabilities[1].price notReadable notSent',
    ])
    assert.equal(applied.failure?.code, 'NODE_ANSWER_LOST')
    assert.equal(applied.failure.exitCode, 8)
  })

  it('does not believe a node that takes a price and holds another', async () => {
    const node = await nodes.start()
    node.interfere('/setBroadcastConfig', (response) => response.end())
    const { failure, application } = await apply(node, gatewayYaml)
    assert.equal(failure?.code, 'NODE_HOLDS_OTHER')
    assert.equal(application.values[0]?.outcome, 'failed')
    assert.equal(application.values[0].reason, 'the node took it, and holds nothing')
  })

  it('ends between two values when it is interrupted', async () => {
    const node = await nodes.start()
    const ending = new AbortController()
    node.interfere('/setBroadcastConfig', (response) => {
      ending.abort()
      response.end()
    })
    const applied = await apply(node, gatewayYaml, { signal: ending.signal })
    assert.equal(applied.failure?.code, 'INTERRUPTED')
    assert.equal(node.writes.length, 1)
  })

  it('does not show what an off-chain node does not know as nothing', async () => {
    const node = await nodes.start({ kind: 'orchestrator', onChain: false })
    const { failure, application } = await apply(node, orchestratorYaml)
    assert.equal(failure?.code, 'NODE_OFF_CHAIN')
    assert.equal(application.values[0]?.outcome, 'failed')
  })

  it('refuses a node of another kind', async () => {
    for (const [node, yaml, message] of [
      [await nodes.start(), orchestratorYaml, 'is a gateway, and prices.yaml has nothing for one'],
      [
        await nodes.start({ kind: 'orchestrator' }),
        gatewayYaml,
        'is an orchestrator, and prices.yaml has nothing for one',
      ],
      [await nodes.start({ kind: 'redeemer' }), gatewayYaml, 'is a redeemer: it has no prices'],
    ] as const) {
      await assert.rejects(apply(node, yaml), { code: 'NODE_OTHER_KIND', message: `${node.url} ${message}` })
      assert.deepEqual(node.writes, [])
    }
  })

  it('sends nothing of a file with errors, and says where they are', async () => {
    const node = await nodes.start({ kind: 'orchestrator' })
    const start = 'orchestrator:\n  transcoding: 1200wei/pixel\n  ticketEv: 12.3gwei\n'
    const capability = (price: string) =>
      `${start}  capabilities:\n    - pipeline: text-to-image\n      price: ${price}\n`
    for (const [yaml, message] of [
      [
        capability('0.5wei/pixel'),
        'prices.yaml:6:14 PRICE_FLOORED_TO_ZERO: 0.5 wei/pixel is floored to 0: go-livepeer keeps whole wei for capabilities',
      ],
      [
        capability('10000eth/pixel'),
        'prices.yaml:6:14 PRICE_OVERFLOW: 10000000000000000000000 wei/pixel does not fit into the 64 bits of a price on the wire',
      ],
      [
        // Only the rate shows it.
        capability('0.000001USD/1e12pixels'),
        'prices.yaml:6:14 PRICE_FLOORED_TO_ZERO: 0.0004 wei/pixel is floored to 0: go-livepeer keeps whole wei for capabilities',
      ],
      [
        capability('3USD/hour').replace('1200wei', '5EUR'),
        'prices.yaml:6:14 UNIT_WRONG: text-to-image is not billed by the second: a price for one hour means nothing to a node (and 1 more)',
      ],
    ] as const) {
      await assert.rejects(apply(node, yaml), (error) => {
        assert.ok(error instanceof LpPayError)
        assert.deepEqual([error.code, error.exitCode, error.message], ['PRICES_WRONG', 11, message])
        return true
      })
    }
    assert.deepEqual(node.writes, [])
  })

  it('is idempotent, whatever the prices, and holds every digit', async () => {
    const node = await nodes.start({ kind: 'orchestrator' })
    const price = fc
      .record({
        amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
        decimals: fc.integer({ min: 0, max: 6 }),
        currency: fc.constantFrom('wei', 'gwei', 'USD'),
        pixels: fc.constantFrom('pixel', '7pixels', '1e6pixels'),
      })
      .map(({ amount, decimals, currency, pixels }) => {
        const digits = amount.toString().padStart(decimals + 1, '0')
        const whole = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
        return `${whole}${currency}/${pixels}`
      })
    const rate = fc.bigInt({ min: 1n, max: 10n ** 10n }).map((units) => parseGivenRate(`${String(units)}.37`))
    await fc.assert(
      fc.asyncProperty(price, price, rate, async (transcoding, special, given) => {
        const yaml = `orchestrator:\n  transcoding: ${transcoding}\n  gateways:\n    '${friend}': ${special}\n`
        const options = { currentRate: () => Promise.resolve(given) }
        let first: AppliedPlan
        try {
          first = await apply(node, yaml, options)
        } catch (error) {
          assert.ok(error instanceof LpPayError)
          fc.pre(error.code !== 'PRICES_WRONG')
          throw error
        }
        assert.equal(first.failure, undefined)
        node.forget()
        const second = await apply(node, yaml, options)
        assert.deepEqual(node.writes, [])
        for (const { fileWei, nodeWei, state } of second.application.values) {
          assert.equal(state, 'equal')
          assert.deepEqual(nodeWei, fileWei)
        }
        await node.restart()
      }),
      { numRuns: 12 },
    )
  })
})
