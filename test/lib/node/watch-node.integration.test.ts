import assert from 'node:assert/strict'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { RpcUnavailableError } from '../../../src/lib/errors.ts'
import { nodeOf } from '../../../src/lib/node/plan-node.ts'
import { watchNode } from '../../../src/lib/node/watch/watch-node.ts'
import type { NodeWatchEvent, WatchNodeRequest } from '../../../src/lib/node/watch/watch-node.ts'
import type { NodeApplication } from '../../../src/lib/node/apply-plan.ts'
import type { CurrentRate } from '../../../src/lib/node/plan-node.ts'
import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'
import { formatGoRational } from '../../helpers/go-rational.ts'
import { useNodeServer } from '../../helpers/node-server.ts'
import type { NodeServer } from '../../helpers/node-server.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { gatewayYaml, planOptions, useNodeClients } from './make-node.ts'

describe('watching a node', () => {
  const nodes = useNodeServer()
  const clients = useNodeClients()
  const folder = temporaryFolder()
  const endings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of endings.splice(0)) await end()
  })

  interface Watch {
    /** The next event that is not a look without anything to do. */
    next(): Promise<NodeWatchEvent>
    /** Waits until it has looked again and found nothing to do. */
    quiet(): Promise<void>
    end(): Promise<NodeApplication>
  }

  const path = () => join(folder.path, 'prices.yaml')

  async function write(text: string): Promise<void> {
    await writeFile(`${path()}.new`, text)
    await rename(`${path()}.new`, path())
  }

  function watch(node: NodeServer, options: Partial<WatchNodeRequest> = {}): Watch {
    const ending = new AbortController()
    const events: NodeWatchEvent[] = []
    let wake: (() => void) | undefined
    const done = watchNode({
      ...planOptions,
      path: path(),
      open: (read) => clients.open(nodeOf(read, node.url).origin),
      everyMs: 5,
      signal: ending.signal,
      onEvent(event) {
        events.push(event)
        wake?.()
      },
      ...options,
    })
    const end = () => {
      ending.abort()
      return done
    }
    endings.push(() => end().catch(() => undefined))
    const take = async (wanted: (event: NodeWatchEvent) => boolean): Promise<NodeWatchEvent> => {
      for (;;) {
        const event = events.shift()
        if (event !== undefined && wanted(event)) return event
        if (event === undefined) {
          await Promise.race([new Promise<void>((resolve) => (wake = resolve)), done])
        }
      }
    }
    return {
      end,
      next: () => take(({ event }) => event !== 'inLine'),
      async quiet() {
        for (let looks = 0; looks < 2; looks++) {
          const { event } = await take(() => true)
          assert.equal(event, 'inLine')
        }
      },
    }
  }

  function sent(event: NodeWatchEvent): readonly string[] {
    assert.equal(event.event, 'applied')
    return event.application.values
      .filter(({ outcome }) => outcome === 'set' || outcome === 'sent')
      .map(({ path, outcome }) => `${path} ${outcome}`)
  }

  const everything = [
    'gateway.maxPrice set',
    'gateway.capabilities[0].price sent',
    'gateway.capabilities[1].price sent',
  ]

  it('applies a file once, and again when the node has forgotten it', async () => {
    const node = await nodes.start()
    await write(gatewayYaml)
    const { next, quiet, end } = watch(node)
    assert.deepEqual(sent(await next()), everything)
    await quiet()
    assert.equal(node.writes.length, 3)
    await node.restart()
    assert.deepEqual(sent(await next()), everything)
    await quiet()
    const last = await end()
    assert.equal(last.values[0]?.state, 'equal')
    assert.equal(node.memory.capabilityPrices.size, 2)
  })

  it('notices a restart by the connection when nothing of it can be read', async () => {
    const node = await nodes.start()
    await write(gatewayYaml.replace('  maxPrice: 2000wei/pixel\n', ''))
    const { next, quiet } = watch(node)
    assert.deepEqual(sent(await next()), everything.slice(1))
    await quiet()
    await node.restart()
    assert.deepEqual(sent(await next()), everything.slice(1))
    assert.equal(node.memory.capabilityPrices.size, 2)
  })

  it('outlives a node that is away, from the start too', async () => {
    const node = await nodes.start()
    await write(gatewayYaml)
    await node.stop()
    const { next } = watch(node)
    const failed = await next()
    assert.ok(failed.event === 'failed')
    assert.deepEqual(
      [failed.code, failed.message, failed.inARow, failed.nextLookMs <= 5],
      ['NODE_UNREACHABLE', `${node.url} does not answer: connection refused`, 1, true],
    )
    await node.start()
    let event = await next()
    while (event.event === 'failed') event = await next()
    assert.deepEqual(sent(event), everything)
  })

  it('says why it ends when it never reached its node', async () => {
    const node = await nodes.start()
    await write(gatewayYaml)
    await node.stop()
    const { next, end } = watch(node)
    await next()
    await assert.rejects(end(), { code: 'NODE_UNREACHABLE' })
  })

  it('follows the file, and keeps the last good one when it has become wrong', async () => {
    const node = await nodes.start()
    await write(gatewayYaml)
    const { next, quiet } = watch(node)
    await next()
    await write(gatewayYaml.replace('2000wei', '3000wei'))
    assert.deepEqual(await next(), { event: 'fileChanged', file: path() })
    assert.deepEqual(sent(await next()), everything)
    for (const [text, message] of [
      [
        gatewayYaml.replace('2000wei', '2000'),
        `${path()} is not a valid price file: gateway.maxPrice: "2000/pixel" is not a price: say in which currency, as in 1200wei/pixel at line 2, column 13`,
      ],
      [
        gatewayYaml.replace('2000wei/pixel', '9wei/hour'),
        `${path()}:2:13 UNIT_WRONG: transcoding is not billed by the second: a price for one hour means nothing to a node`,
      ],
    ] as const) {
      await write(text)
      const event = await next()
      assert.ok(event.event === 'trouble')
      assert.equal(event.message, message)
      await quiet()
    }
    await write('')
    const empty = await next()
    assert.ok(empty.event === 'trouble')
    assert.equal(empty.message, `${node.url} is a gateway, and ${path()} has nothing for one`)
    await rm(path())
    const gone = await next()
    assert.ok(gone.event === 'trouble')
    assert.equal(gone.code, 'PRICE_FILE_MISSING')
    await node.restart()
    assert.deepEqual(sent(await next()), everything)
    assert.equal(node.memory.maxPrice && formatGoRational(node.memory.maxPrice), '3000')
  })

  it('sets prices in USD anew when the rate has moved by more than the threshold', async () => {
    const node = await nodes.start()
    await writeFile(
      path(),
      'gateway:\n  maxPrice: 5USD/1e12pixels\n  capabilities:\n    - pipeline: llm\n      price: 1USD/1e6tokens\n',
    )
    let rate = '2500'
    const currentRate: CurrentRate = () => Promise.resolve(parseGivenRate(rate))
    const { next, quiet } = watch(node, { currentRate })
    const both = ['gateway.maxPrice set', 'gateway.capabilities[0].price sent']
    assert.deepEqual(sent(await next()), both)
    rate = '2520'
    await quiet()
    rate = '2600'
    assert.deepEqual(sent(await next()), both)
    await quiet()
    assert.equal(node.memory.maxPrice && formatGoRational(node.memory.maxPrice), '25000/13')
  })

  it('sets what cannot be read anew too when the rate has moved', async () => {
    const node = await nodes.start()
    await write('gateway:\n  capabilities:\n    - pipeline: llm\n      price: 1USD/1e6tokens\n')
    let rate = '2500'
    const currentRate: CurrentRate = () => Promise.resolve(parseGivenRate(rate))
    const { next, quiet } = watch(node, { currentRate })
    await next()
    rate = '2520'
    await quiet()
    assert.equal(node.writes.length, 1)
    rate = '2600'
    assert.deepEqual(sent(await next()), ['gateway.capabilities[0].price sent'])
  })

  it('keeps the last rate when there is trouble with it, and tells it once', async () => {
    const node = await nodes.start()
    await write('gateway:\n  maxPrice: 5USD/1e12pixels\n')
    let isDown = false
    const currentRate: CurrentRate = () =>
      isDown
        ? Promise.reject(new RpcUnavailableError('RATE_STALE', 'the feed is stale'))
        : Promise.resolve(parseGivenRate('2500'))
    const { next, quiet } = watch(node, { currentRate })
    await next()
    isDown = true
    assert.deepEqual(await next(), { event: 'trouble', code: 'RATE_STALE', message: 'the feed is stale' })
    await quiet()
    await node.restart()
    assert.deepEqual(sent(await next()), ['gateway.maxPrice set'])
  })

  it('tries again what a node refuses, and says how far it came', async () => {
    const node = await nodes.start()
    await write(gatewayYaml)
    const restore = node.interfere('/setMaxPriceForCapability', (response) =>
      response.writeHead(500).end('not now\n'),
    )
    const { next } = watch(node)
    const failed = await next()
    assert.ok(failed.event === 'failed')
    assert.equal(failed.message, `${node.url} failed: not now; 1 of 3 values were applied`)
    restore()
    let event = await next()
    while (event.event === 'failed') event = await next()
    assert.deepEqual(sent(event), everything.slice(1))
  })

  it('ends at once for what no waiting mends', async () => {
    const node = await nodes.start({ kind: 'orchestrator' })
    await assert.rejects(watch(node).end(), { code: 'PRICE_FILE_MISSING' })
    await write(gatewayYaml.replace('2000wei/pixel', '9wei/hour'))
    await assert.rejects(watch(node).next(), { code: 'PRICES_WRONG' })
    await write(gatewayYaml)
    await assert.rejects(watch(node).next(), { code: 'NODE_OTHER_KIND' })
  })
})
