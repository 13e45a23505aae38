import assert from 'node:assert/strict'

import { parseWei } from '../../src/lib/units/wei.ts'
import { gateway, otherGateway } from '../helpers/sender-fixture.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import type { Plain } from '../lib/sender/devnet-cli.ts'
import { fund, nonceOf, unlock } from '../lib/sender/on-chain.ts'

const wei = (text: string) => parseWei(text, { allowZero: true })
const holdings = (deposit: string, reserve: string, phase: string) => ({
  depositWei: wei(deposit).toString(),
  reserveWei: wei(reserve).toString(),
  phase,
})

describe('reserve', () => {
  const cli = useDevnetCli()
  const { chain } = cli

  it('says what it does, and what the contract says it did', async () => {
    const { stdout, stderr, code } = await cli.run('reserve 0.36 --yes')
    assert.equal(code, 0)
    assert.deepEqual(
      stdout.split('\n').filter((line) => !/^(?:transaction|block) /.test(line)),
      [
        'done: reserve',
        `event        ReserveFunded: reserveHolder ${gateway.address}, amount 0.36 ETH`,
        'now          deposit 0 ETH, reserve 0.36 ETH, locked',
        '',
      ],
    )
    assert.match(stderr, /^action +add 0\.36 ETH to the reserve$/m)
    assert.match(stderr, /^reserve +0 ETH -> 0\.36 ETH$/m)
    assert.match(stderr, /^state +empty -> locked$/m)
  })

  it('adds to the reserve alone', async () => {
    await fund(chain, wei('0.1'), wei('0.36'))
    const { command, result } = await cli.json('reserve 0.04 --yes')
    assert.deepEqual(
      [
        command,
        result?.['operation'],
        result?.['outcome'],
        result?.['before'],
        result?.['after'],
        result?.['events'],
      ],
      [
        'reserve',
        'reserve',
        'sent',
        holdings('0.1', '0.36', 'locked'),
        holdings('0.1', '0.4', 'locked'),
        [{ name: 'ReserveFunded', args: { reserveHolder: gateway.address, amount: wei('0.04').toString() } }],
      ],
    )
  })

  it('tops up what is missing, and with nothing missing sends nothing', async () => {
    await fund(chain, wei('1'), wei('0.01'))
    const first = await cli.json('reserve --top-up-to 0.36 --yes')
    assert.deepEqual(
      [first.result?.['outcome'], first.result?.['after']],
      ['sent', holdings('1', '0.36', 'locked')],
    )
    const nonce = await nonceOf(chain)
    for (const words of ['reserve --top-up-to 0.36 --yes', 'reserve --top-up-to 0.1 --unsigned']) {
      const { result } = await cli.json(words)
      assert.deepEqual([result?.['outcome'], result?.['unsigned']], ['nothingToDo', null])
    }
    assert.equal(await nonceOf(chain), nonce)
  })

  it("funds another sender's reserve", async () => {
    const { result } = await cli.json(`reserve 0.36 --for ${otherGateway.address} --yes`)
    assert.deepEqual(
      [result?.['from'], result?.['after']],
      [gateway.address, holdings('0', '0.36', 'locked')],
    )
    const { result: own } = await cli.json('status')
    assert.equal(own?.['reserveWei'], '0')
  })

  it('warns that it cancels an unlock, and cancels it', async () => {
    await fund(chain, wei('0.1'), wei('0.36'))
    await unlock(chain)
    const { result, warnings } = await cli.json('reserve 0.1 --yes')
    assert.deepEqual(warnings, [
      'this cancels the unlock of round 1003: to withdraw later you must unlock again',
    ])
    assert.deepEqual(
      (result?.['events'] as Plain[]).map(({ name }) => name),
      ['ReserveFunded', 'UnlockCancelled'],
    )
    assert.deepEqual(result?.['after'], holdings('0.1', '0.46', 'locked'))
  })

  it('refuses without an amount, and with two', async () => {
    const refusal = {
      code: 'AMOUNT_MISSING',
      exitCode: 2,
      message: 'give either an amount to add or --top-up-to',
      next: 'lp-pay reserve 0.1, or lp-pay reserve --top-up-to 0.1',
    }
    await cli.refuses('reserve --yes', refusal)
    await cli.refuses('reserve 0.1 --top-up-to 0.36 --yes', refusal)
  })
})
