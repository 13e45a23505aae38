import assert from 'node:assert/strict'

import { ticketToJson } from '../../src/lib/tickets/ticket-to-json.ts'
import { parseWei } from '../../src/lib/units/wei.ts'
import { useTestDevnet } from '../helpers/devnet.ts'
import { redemptionsOnChain } from '../helpers/redemption-fixture.ts'
import { useUser } from '../helpers/user.ts'
import { makeWinners } from '../lib/redemption/winners.ts'
import { fund } from '../lib/sender/on-chain.ts'

const tickets = 12

describe('lp-pay redeem', () => {
  const chain = useTestDevnet()
  const user = useUser()
  let source = ''

  beforeEach(async () => {
    await fund(chain, parseWei('1'), 0n)
    const winners = await makeWinners(chain, tickets, () => ({ faceValue: parseWei('0.01') }))
    const lines = winners.map((ticket) => `${JSON.stringify(ticketToJson(ticket))}\n`)
    source = await user.write('winners.ndjson', lines.join(''))
  })

  const run = (env: Readonly<Record<string, string>> = {}) =>
    user.run(['redeem', source, '--account', 'orchestrator-1', '--yes'], {
      env: { LP_PAY_NETWORK: 'devnet', LP_PAY_RPC_URL: chain.rpcUrl, ...env },
    })

  for (const [words, hours] of [
    ['an hour fast', 1],
    ['an hour slow', -1],
  ] as const) {
    it(`redeems by a clock that is ${words}`, async () => {
      const shift = await user.write('shift-clock.cjs', shiftClock(hours * 3_600_000))
      const { code, stdout, stderr } = await run({ NODE_OPTIONS: `--require ${shift}` })
      assert.equal(code, 0, stderr)
      assert.match(stdout, /redeemed 12 tickets: 0\.12 ETH paid/)
      assert.equal((await redemptionsOnChain(chain)).length, tickets)
      // By the right clock nothing of it is taken for unfinished.
      assert.match((await run()).stdout, /nothing to redeem\n$/)
    })
  }

  it('redeems each ticket once when it is given the same file twice at once', async () => {
    const both = await Promise.all([run(), run()])
    const codes = both.map(({ code }) => code)
    // The second comes too late for the account, or for the tickets.
    assert.ok(codes.includes(0) && codes.every((code) => code === 0 || code === 10), JSON.stringify(both))
    assert.equal((await redemptionsOnChain(chain)).length, tickets)
    const { code, stdout } = await run()
    assert.equal(code, 0)
    assert.match(stdout, /0 new, 12 known/)
    assert.match(stdout, /nothing to redeem\n$/)
  })
})

/** What makes a process take the time for another. */
function shiftClock(milliseconds: number): string {
  return `const Right = Date
globalThis.Date = class Date extends Right {
  constructor(...parts) {
    if (parts.length === 0) super(Right.now() + ${String(milliseconds)})
    else super(...parts)
  }
  static now() {
    return Right.now() + ${String(milliseconds)}
  }
}
`
}
