import assert from 'node:assert/strict'
import { parseTransaction } from 'viem'
import type { Hex, TransactionSerializableEIP1559 } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { parseWei } from '../../src/lib/units/wei.ts'
import { gateway, otherGateway } from '../helpers/sender-fixture.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import type { Plain } from '../lib/sender/devnet-cli.ts'
import { fund, nonceOf, unlock } from '../lib/sender/on-chain.ts'
import { until } from '../helpers/until.ts'

const deposit = parseWei('0.1')
const reserve = parseWei('0.36')
const unlocked = { depositWei: deposit.toString(), reserveWei: reserve.toString(), phase: 'unlocked' }
const empty = { depositWei: '0', reserveWei: '0', phase: 'empty' }

describe('withdraw', () => {
  const cli = useDevnetCli()
  const { chain } = cli

  async function makeUnlocked(): Promise<void> {
    await fund(chain, deposit, reserve)
    await unlock(chain)
    await chain.advance(2)
  }

  async function balanceOf(address: string): Promise<bigint> {
    return BigInt(String(await chain.rpc('eth_getBalance', [address, 'latest'])))
  }

  it('brings everything back to the wallet, less the fee', async () => {
    await makeUnlocked()
    const before = await balanceOf(gateway.address)
    const { command, warnings, result } = await cli.json('withdraw --yes')
    assert.deepEqual([command, warnings], ['withdraw', []])
    const { transaction, ...rest } = result as { transaction: Plain }
    assert.deepEqual(rest, {
      operation: 'withdraw',
      outcome: 'sent',
      network: 'devnet',
      from: gateway.address,
      before: unlocked,
      after: empty,
      events: [
        {
          name: 'Withdrawal',
          args: { sender: gateway.address, deposit: deposit.toString(), reserve: reserve.toString() },
        },
      ],
      preview: null,
      unsigned: null,
    })
    const fee = BigInt(String(transaction['feeWei']))
    assert.equal(await balanceOf(gateway.address), before + deposit + reserve - fee)
  })

  it('says what it does, and what the contract says it did', async () => {
    await makeUnlocked()
    const { stdout, stderr } = await cli.run('withdraw --yes')
    assert.deepEqual(
      stdout.split('\n').filter((line) => !/^(?:transaction|block) /.test(line)),
      [
        'done: withdraw',
        `event        Withdrawal: sender ${gateway.address}, deposit 0.1 ETH, reserve 0.36 ETH`,
        'now          deposit 0 ETH, reserve 0 ETH, empty',
        '',
      ],
    )
    assert.match(stderr, /^action +withdraw 0\.1 ETH of deposit and 0\.36 ETH of reserve$/m)
    assert.match(stderr, /^state +unlocked -> empty$/m)
  })

  it('leaves an account that can be funded and unlocked again', async () => {
    await makeUnlocked()
    await cli.json('withdraw --yes')
    const again = await cli.json('deposit 0.1 --yes')
    assert.deepEqual([again.warnings, (again.result?.['after'] as Plain)['phase']], [[], 'locked'])
    const { result } = await cli.json('unlock --yes')
    assert.deepEqual((result?.['events'] as { args: Plain }[])[0]?.args, {
      sender: gateway.address,
      startRound: '1003',
      endRound: '1005',
    })
  })

  it('writes a transaction for another signer that works', async () => {
    await makeUnlocked()
    const { result } = await cli.json('withdraw --unsigned')
    const { serialized } = result?.['unsigned'] as { serialized: Hex }
    const account = privateKeyToAccount(devnetAccounts[1].privateKey)
    const transaction = parseTransaction(serialized) as TransactionSerializableEIP1559
    const hash = await chain.rpc('eth_sendRawTransaction', [await account.signTransaction(transaction)])
    await until(async () => (await chain.rpc('eth_getTransactionReceipt', [hash])) !== null)
    const { result: status } = await cli.json('status')
    assert.deepEqual([status?.['phase'], status?.['depositWei'], status?.['reserveWei']], ['empty', '0', '0'])
  })

  it('refuses what is locked, and names the unlock', async () => {
    await fund(chain, deposit, reserve)
    await cli.refuses('withdraw --yes', {
      code: 'NOT_UNLOCKING',
      exitCode: 5,
      message: 'the deposit and the reserve are locked, and no unlock was begun',
      next: 'lp-pay unlock (then wait 2 rounds)',
      details: { currentRound: '1001', unlockPeriod: '2' },
    })
  })

  it('refuses until the unlock has ended, with the rounds that are left', async () => {
    await fund(chain, deposit, reserve)
    await unlock(chain)
    const nonce = await nonceOf(chain)
    const refusal = (left: number, wait: string) => ({
      code: 'STILL_UNLOCKING',
      exitCode: 5,
      message: `still unlocking: withdrawal opens in round 1003, now is round ${String(1003 - left)} (about ${wait})`,
      next: `lp-pay devnet advance --rounds ${String(left)}`,
      details: { withdrawRound: '1003', currentRound: String(1003 - left) },
    })
    await cli.refuses('withdraw --yes', refusal(2, '38 h 24 min'))
    await chain.advance(1)
    await cli.refuses('withdraw --yes', refusal(1, '19 h 12 min'))
    assert.equal(await nonceOf(chain), nonce)
  })

  it('refuses what is empty: never funded, or withdrawn before', async () => {
    const refusal = (address: string) => ({
      code: 'NOTHING_DEPOSITED',
      exitCode: 5,
      message: `${address} has neither deposit nor reserve`,
      next: 'lp-pay deposit 0.1 --reserve 0.36',
    })
    await cli.refuses('withdraw --yes --account gateway-2', refusal(otherGateway.address))
    await makeUnlocked()
    await cli.json('withdraw --yes')
    await cli.refuses('withdraw --yes', refusal(gateway.address))
  })
})
