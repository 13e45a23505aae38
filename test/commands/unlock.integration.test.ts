import assert from 'node:assert/strict'

import { devnetContracts } from '../../src/lib/devnet/network.ts'
import { parseWei } from '../../src/lib/units/wei.ts'
import { gateway } from '../helpers/sender-fixture.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import type { Plain } from '../lib/sender/devnet-cli.ts'
import { fund, nonceOf, transact, unlock } from '../lib/sender/on-chain.ts'

const deposit = parseWei('0.1')
const reserve = parseWei('0.36')
const holdings = (phase: string) => ({
  depositWei: deposit.toString(),
  reserveWei: reserve.toString(),
  phase,
})
const stops = 'orchestrators stop taking your tickets one round before the funds unlock'
const withoutFigures = (text: string) =>
  text.split('\n').filter((line) => !/^(?:transaction|block|gas|costs at most|sending) /.test(line))

describe('unlock', () => {
  const cli = useDevnetCli()
  const { chain } = cli

  it('says from when on the funds can be withdrawn, and what stops before', async () => {
    await fund(chain, deposit, reserve)
    const { stdout, stderr, code } = await cli.run('unlock --yes')
    assert.equal(code, 0)
    assert.deepEqual(withoutFigures(stdout), [
      'done: unlock',
      `event        Unlock: sender ${gateway.address}, startRound 1001, endRound 1003`,
      'now          deposit 0.1 ETH, reserve 0.36 ETH, unlocking',
      '',
    ])
    assert.deepEqual(withoutFigures(stderr), [
      'action         unlock the deposit and the reserve; withdraw from round 1003 on, in about 38 h 24 min',
      'network        devnet',
      'account        gateway-1',
      'deposit        0.1 ETH',
      'reserve        0.36 ETH',
      'state          locked -> unlocking',
      `warning: ${stops}`,
      '',
    ])
  })

  it('says the same in JSON', async () => {
    await fund(chain, deposit, reserve)
    const { command, warnings, result } = await cli.json('unlock --yes')
    assert.deepEqual([command, warnings], ['unlock', [stops]])
    const { transaction, ...rest } = result as { transaction: Plain }
    assert.deepEqual(rest, {
      operation: 'unlock',
      outcome: 'sent',
      network: 'devnet',
      from: gateway.address,
      before: holdings('locked'),
      after: holdings('unlocking'),
      events: [{ name: 'Unlock', args: { sender: gateway.address, startRound: '1001', endRound: '1003' } }],
      preview: null,
      unsigned: null,
    })
    assert.deepEqual([transaction['nonce'], await nonceOf(chain)], [1, 2])
  })

  it('takes back, begins again, waits and withdraws: all that was funded comes back', async () => {
    const balance = async () => BigInt(String(await chain.rpc('eth_getBalance', [gateway.address, 'latest'])))
    const start = await balance()
    let fees = 0n
    for (const [words, phase] of [
      ['deposit 0.1 --reserve 0.36', 'locked'],
      ['unlock', 'unlocking'],
      ['unlock cancel', 'locked'],
      ['unlock', 'unlocking'],
      ['withdraw', 'empty'],
    ] as const) {
      if (words === 'withdraw') {
        const advanced = await cli.json('devnet advance --rounds 2')
        assert.deepEqual(advanced.result, { fromRound: '1001', toRound: '1003' })
      }
      const { result } = await cli.json(`${words} --yes`)
      assert.deepEqual([words, result?.['outcome']], [words, 'sent'])
      assert.equal((result?.['after'] as Plain)['phase'], phase)
      fees += BigInt(String((result?.['transaction'] as Plain)['feeWei']))
    }
    assert.equal(await balance(), start - fees)
  })

  it('refuses a second time, with the round and the way back', async () => {
    await fund(chain, deposit, reserve)
    await unlock(chain)
    await cli.refuses('unlock --yes', {
      code: 'ALREADY_UNLOCKING',
      exitCode: 5,
      message: 'already unlocking: withdrawal opens in round 1003, now is round 1001 (about 38 h 24 min)',
      next: 'to keep the funds in use: lp-pay unlock cancel',
      details: { withdrawRound: '1003', currentRound: '1001' },
    })
  })

  it('refuses what is unlocked, and names the withdrawal', async () => {
    await fund(chain, deposit, reserve)
    await unlock(chain)
    await chain.advance(2)
    await cli.refuses('unlock --yes', {
      code: 'ALREADY_UNLOCKED',
      exitCode: 5,
      message: 'already unlocked since round 1003',
      next: 'lp-pay withdraw',
      details: { withdrawRound: '1003', currentRound: '1003' },
    })
  })

  it('refuses what is empty, and names the funding', async () => {
    const refusal = {
      code: 'NOTHING_DEPOSITED',
      exitCode: 5,
      message: `${gateway.address} has neither deposit nor reserve`,
      next: 'lp-pay deposit 0.1 --reserve 0.36',
    }
    for (const words of ['unlock --yes', 'unlock cancel --yes', 'unlock --dry-run', 'unlock --unsigned']) {
      await cli.refuses(words, refusal)
    }
  })
})

describe('unlock cancel', () => {
  const cli = useDevnetCli()
  const { chain } = cli

  for (const [phase, rounds] of [
    ['unlocking', 0],
    ['unlocked', 2],
  ] as const) {
    it(`locks again what is ${phase}`, async () => {
      await fund(chain, deposit, reserve)
      await unlock(chain)
      if (rounds > 0) await chain.advance(rounds)
      const { command, warnings, result } = await cli.json('unlock cancel --yes')
      const { transaction: _, ...rest } = result ?? {}
      assert.deepEqual([command, warnings], ['unlock cancel', []])
      assert.deepEqual(rest, {
        operation: 'unlock cancel',
        outcome: 'sent',
        network: 'devnet',
        from: gateway.address,
        before: holdings(phase),
        after: holdings('locked'),
        events: [{ name: 'UnlockCancelled', args: { sender: gateway.address } }],
        preview: null,
        unsigned: null,
      })
    })
  }

  it('says what it does, and what the contract says it did', async () => {
    await fund(chain, deposit, reserve)
    await unlock(chain)
    const { stdout, stderr } = await cli.run('unlock cancel --yes')
    assert.deepEqual(withoutFigures(stdout), [
      'done: unlock cancel',
      `event        UnlockCancelled: sender ${gateway.address}`,
      'now          deposit 0.1 ETH, reserve 0.36 ETH, locked',
      '',
    ])
    assert.match(stderr, /^action +cancel the unlock of round 1003$/m)
    assert.match(stderr, /^state +unlocking -> locked$/m)
  })

  it('writes a transaction for another signer that does the same', async () => {
    await fund(chain, deposit, reserve)
    await unlock(chain)
    const { result } = await cli.json('unlock cancel --unsigned=safe')
    const [call] = (
      result?.['unsigned'] as { transactions: [{ to: `0x${string}`; data: `0x${string}`; value: string }] }
    ).transactions
    assert.deepEqual([call.to, call.value], [devnetContracts.TicketBroker, '0'])
    await transact(chain, gateway.address, call.to, call.data)
    assert.equal((await cli.json('status')).result?.['phase'], 'locked')
  })

  it('refuses what is locked, and names the unlock', async () => {
    await fund(chain, deposit, reserve)
    await cli.refuses('unlock cancel --yes', {
      code: 'NOT_UNLOCKING',
      exitCode: 5,
      message: 'the deposit and the reserve are locked, and no unlock was begun',
      next: 'lp-pay unlock (then wait 2 rounds)',
      details: { currentRound: '1001', unlockPeriod: '2' },
    })
  })
})
