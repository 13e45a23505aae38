import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { parseWei } from '../../src/lib/units/wei.ts'
import { hexBytes, minimalBytes } from '../../src/lib/wire/bytes.ts'
import { startOrchestrator } from '../helpers/orchestrator-server.ts'
import type { Behaviour } from '../helpers/orchestrator-server.ts'
import { gateway } from '../helpers/sender-fixture.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import { fund } from '../lib/sender/on-chain.ts'

const good: Behaviour = {
  transcoder: 'https://o.example:8935',
  priceInfo: { pricePerUnit: 1212n, pixelsPerUnit: 1n },
  capabilitiesPrices: [{ capability: 27, constraint: 'a/b', pricePerUnit: 3000n, pixelsPerUnit: 1n }],
  ticketParams: {
    recipient: hexBytes('0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'),
    faceValue: minimalBytes(12n * 10n ** 14n),
    winProb: minimalBytes(2n ** 230n),
    expirationBlock: minimalBytes(20_000_040n),
  },
}

describe('price match', () => {
  const cli = useDevnetCli()

  async function write(name: string, text: string): Promise<string> {
    const path = join(cli.dataFolder, '..', name)
    await writeFile(path, text)
    return path
  }

  it('asks running orchestrators, and shows one that refuses beside the others', async () => {
    const limits = await write('gateway.yaml', 'gateway: {maxPrice: 2000wei/pixel}')
    const [one, other] = await Promise.all([
      startOrchestrator(good),
      startOrchestrator({ refuses: 'insufficient sender reserve' }),
    ])
    try {
      const words = `price match --gateway ${limits} --orchestrator ${one.url} --orchestrator ${other.url}`
      const { stdout, stderr, code } = await cli.run(words)
      assert.deepEqual([code, stderr], [0, ''])
      assert.deepEqual(stdout.split('\n'), [
        one.url,
        '    job                asks (wei)  at most (wei)',
        'ok  transcoding        1212        2000',
        'no  text-to-image a/b  3000        2000           the price is 1000 wei above the maximum',
        '',
        other.url,
        `${other.url} refuses: insufficient sender reserve`,
        '',
      ])
      assert.deepEqual([one.askers, other.askers], [[gateway.address], [gateway.address]])
    } finally {
      await Promise.all([one.stop(), other.stop()])
    }
  })

  it("judges a file by the sender's deposit and reserve", async () => {
    await fund(cli.chain, parseWei('0.0001'), parseWei('0.36'))
    const limits = await write('gateway.yaml', 'gateway: {maxPrice: 2000wei/pixel}')
    const prices = await write('o.yaml', 'orchestrator: {transcoding: 1200wei/pixel}')
    const words = `price match --gateway ${limits} --orchestrator ${prices} --sender ${gateway.address} --json`
    const { code, stdout } = await cli.run(words)
    const { error, result } = JSON.parse(stdout) as {
      error: { code: string }
      result: { accepting: number; orchestrators: { jobs: { reasons: { reason: string }[] }[] }[] }
    }
    assert.deepEqual([code, error.code, result.accepting], [11, 'PRICES_DO_NOT_MATCH', 0])
    assert.deepEqual(
      result.orchestrators[0]?.jobs[0]?.reasons.map(({ reason }) => reason),
      ['faceValueAboveDeposit'],
    )
  })

  it('refuses a file without the half that it needs', async () => {
    const limits = await write('gateway.yaml', 'gateway: {maxPrice: 2000wei/pixel}')
    await cli.refuses(`price match --gateway ${limits} --orchestrator ${limits}`, {
      code: 'PRICE_FILE_HALF_MISSING',
      exitCode: 4,
      message: `${limits} says nothing of orchestrator`,
      next: null,
    })
  })
})
