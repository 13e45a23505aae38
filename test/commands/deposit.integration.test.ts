import assert from 'node:assert/strict'
import { parseTransaction } from 'viem'
import type { Hex, TransactionSerializableEIP1559 } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { devnetContracts } from '../../src/lib/devnet/network.ts'
import { devnetRules } from '../../src/lib/devnet/rules.ts'
import { formatWei, parseWei } from '../../src/lib/units/wei.ts'
import { runCli } from '../helpers/run-cli.ts'
import { gateway, otherGateway } from '../helpers/sender-fixture.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import type { Plain } from '../lib/sender/devnet-cli.ts'
import { fund, nonceOf, transact, unlock } from '../lib/sender/on-chain.ts'
import { until } from '../helpers/until.ts'

const wei = (text: string) => parseWei(text, { allowZero: true })
const holdings = (deposit: string, reserve: string, phase: string) => ({
  depositWei: wei(deposit).toString(),
  reserveWei: wei(reserve).toString(),
  phase,
})
const hash = /^0x[0-9a-f]{64}$/

describe('deposit', () => {
  const cli = useDevnetCli()
  const { chain } = cli

  async function statusOf(address: string = gateway.address): Promise<Plain> {
    const { result } = await cli.json(`status ${address}`)
    const { depositWei, reserveWei, phase } = result ?? {}
    return { depositWei, reserveWei, phase }
  }

  it('says what it does, and what the contract says it did', async () => {
    const { stdout, stderr, code } = await cli.run('deposit 0.1 --reserve 0.36 --yes')
    assert.equal(code, 0)
    const told = stdout
      .replace(/0x[0-9a-f]{64}/, 'HASH')
      .replace(/^block.*$/m, (line) => line.replace(/\d[\d,.]*\d|\d/g, 'N'))
    assert.deepEqual(told.split('\n'), [
      'done: deposit',
      `event        ReserveFunded: reserveHolder ${gateway.address}, amount 0.36 ETH`,
      `event        DepositFunded: sender ${gateway.address}, amount 0.1 ETH`,
      'transaction  HASH',
      'block        N, N gas, fee N ETH',
      'now          deposit 0.1 ETH, reserve 0.36 ETH, locked',
      '',
    ])
    assert.deepEqual(
      stderr
        .replace(/0x[0-9a-f]{64}/, 'HASH')
        .split('\n')
        .map((line) => line.replace(/^(gas|costs at most) .*/, '$1')),
      [
        'action         add 0.1 ETH to the deposit and 0.36 ETH to the reserve',
        'network        devnet',
        'account        gateway-1',
        'gas',
        'costs at most',
        'deposit        0 ETH -> 0.1 ETH',
        'reserve        0 ETH -> 0.36 ETH',
        'state          empty -> locked',
        'sending HASH',
        '',
      ],
    )
  })

  it('is one transaction for both parts, and says the same in JSON', async () => {
    const { command, warnings, result } = await cli.json('deposit 0.1 --reserve 0.36 --yes')
    assert.deepEqual([command, warnings], ['deposit', []])
    const { transaction, ...rest } = result as { transaction: Plain }
    assert.deepEqual(rest, {
      operation: 'deposit',
      outcome: 'sent',
      network: 'devnet',
      from: gateway.address,
      before: holdings('0', '0', 'empty'),
      after: holdings('0.1', '0.36', 'locked'),
      events: [
        { name: 'ReserveFunded', args: { reserveHolder: gateway.address, amount: wei('0.36').toString() } },
        { name: 'DepositFunded', args: { sender: gateway.address, amount: wei('0.1').toString() } },
      ],
      preview: null,
      unsigned: null,
    })
    const receipt = (await chain.rpc('eth_getTransactionReceipt', [transaction['hash']])) as Plain
    assert.match(String(transaction['hash']), hash)
    assert.deepEqual(transaction, {
      hash: transaction['hash'],
      nonce: 0,
      blockNumber: BigInt(receipt['blockNumber'] as Hex).toString(),
      gasUsed: BigInt(receipt['gasUsed'] as Hex).toString(),
      feeWei: (BigInt(receipt['gasUsed'] as Hex) * BigInt(receipt['effectiveGasPrice'] as Hex)).toString(),
    })
    assert.equal(await nonceOf(chain), 1)
    assert.deepEqual(await statusOf(), holdings('0.1', '0.36', 'locked'))
  })

  it('adds to what is there, the deposit alone', async () => {
    await fund(chain, wei('0.1'), wei('0.36'))
    const { result } = await cli.json('deposit 5gwei --yes')
    assert.deepEqual(result?.['before'], holdings('0.1', '0.36', 'locked'))
    assert.deepEqual(result?.['after'], holdings('0.100000005', '0.36', 'locked'))
    assert.deepEqual(await statusOf(), holdings('0.100000005', '0.36', 'locked'))
  })

  it('is told apart from a repetition: run twice, it funds twice', async () => {
    await cli.json('deposit 0.1 --yes')
    const { result } = await cli.json('deposit 0.1 --yes')
    assert.equal(result?.['outcome'], 'sent')
    assert.deepEqual(await statusOf(), holdings('0.2', '0', 'locked'))
  })

  it('tops up what is missing, and with nothing missing sends nothing', async () => {
    await fund(chain, wei('0.04'), 0n)
    const first = await cli.json('deposit --top-up-to 0.1 --yes')
    assert.deepEqual(
      [first.result?.['outcome'], first.result?.['after']],
      ['sent', holdings('0.1', '0', 'locked')],
    )
    const nonce = await nonceOf(chain)
    const second = await cli.json('deposit --top-up-to 0.1 --yes')
    assert.deepEqual(
      [second.result?.['outcome'], second.result?.['before'], second.result?.['after']],
      ['nothingToDo', holdings('0.1', '0', 'locked'), holdings('0.1', '0', 'locked')],
    )
    const third = await cli.run('deposit --top-up-to 0.05')
    assert.deepEqual(
      [third.code, third.stdout, third.stderr],
      [0, 'nothing to do: deposit 0.1 ETH, reserve 0 ETH, locked\n', ''],
    )
    assert.equal(await nonceOf(chain), nonce)
  })

  it("funds another sender's account, and only that", async () => {
    const { result } = await cli.json(`deposit 0.1 --reserve 0.2 --for ${otherGateway.address} --yes`)
    assert.deepEqual(
      [result?.['from'], result?.['before'], result?.['after']],
      [gateway.address, holdings('0', '0', 'empty'), holdings('0.1', '0.2', 'locked')],
    )
    assert.deepEqual(await statusOf(otherGateway.address), holdings('0.1', '0.2', 'locked'))
    assert.deepEqual(await statusOf(), holdings('0', '0', 'empty'))
  })

  it('takes the account that is named, by name or by address', async () => {
    for (const account of ['gateway-2', otherGateway.address, otherGateway.address.toLowerCase()]) {
      const { result } = await cli.json(`deposit 1gwei --yes --account ${account}`)
      assert.equal(result?.['from'], otherGateway.address)
    }
    assert.equal(await nonceOf(chain, otherGateway.address), 3)
  })

  describe('while the funds unlock', () => {
    beforeEach(async () => {
      await fund(chain, wei('0.1'), wei('0.36'))
      await unlock(chain)
    })
    const warning = 'this cancels the unlock of round 1003: to withdraw later you must unlock again'

    it('warns that it cancels the unlock, and cancels it', async () => {
      const dry = await cli.run('deposit 0.1 --dry-run')
      assert.equal(dry.stderr, `warning: ${warning}\n`)
      assert.match(dry.stdout, /^state +unlocking -> locked$/m)
      const { result, warnings } = await cli.json('deposit 0.1 --yes')
      assert.deepEqual(warnings, [warning])
      assert.deepEqual(
        (result?.['events'] as Plain[]).map(({ name }) => name),
        ['UnlockCancelled', 'DepositFunded'],
      )
      assert.deepEqual(result?.['after'], holdings('0.2', '0.36', 'locked'))
    })
  })

  describe('for another signer', () => {
    const account = privateKeyToAccount(devnetAccounts[2].privateKey)

    it('writes a transaction that works when it is signed elsewhere', async () => {
      const { result } = await cli.json(`deposit 0.1 --reserve 0.36 --unsigned --account ${account.address}`)
      assert.equal(result?.['outcome'], 'unsigned')
      const unsigned = result['unsigned'] as Readonly<Record<string, string | number>>
      assert.deepEqual([unsigned['chainId'], unsigned['nonce']], [31_337, 0])
      const transaction = parseTransaction(unsigned['serialized'] as Hex) as TransactionSerializableEIP1559
      assert.deepEqual(
        {
          type: transaction.type,
          chainId: transaction.chainId,
          nonce: transaction.nonce ?? 0,
          to: transaction.to?.toLowerCase(),
          valueWei: String(transaction.value),
          data: transaction.data,
          gas: String(transaction.gas),
          maxFeePerGasWei: String(transaction.maxFeePerGas),
          maxPriorityFeePerGasWei: String(transaction.maxPriorityFeePerGas ?? 0n),
        },
        {
          type: 'eip1559',
          chainId: unsigned['chainId'],
          nonce: unsigned['nonce'],
          to: devnetContracts.TicketBroker.toLowerCase(),
          valueWei: wei('0.46').toString(),
          data: unsigned['data'],
          gas: unsigned['gas'],
          maxFeePerGasWei: unsigned['maxFeePerGasWei'],
          maxPriorityFeePerGasWei: unsigned['maxPriorityFeePerGasWei'],
        },
      )
      await broadcast(await account.signTransaction(transaction))
      assert.deepEqual(await statusOf(account.address), holdings('0.1', '0.36', 'locked'))
    })

    it('prints the transaction alone without --json', async () => {
      const words = `deposit 0.1 --account ${account.address}`
      const [text, json] = await Promise.all([
        cli.run(`${words} --unsigned`),
        cli.json(`${words} --unsigned=transaction`),
      ])
      assert.deepEqual([text.code, text.stderr], [0, ''])
      assert.deepEqual(JSON.parse(text.stdout), json.result?.['unsigned'])
    })

    it('writes a file for Safe whose calls do the same', async () => {
      const words = `deposit 0.1 --reserve 0.36 --unsigned=safe --account ${account.address}`
      const { stdout, stderr, code } = await cli.run(words)
      assert.deepEqual([code, stderr], [0, ''])
      const { createdAt, transactions, ...file } = JSON.parse(stdout) as {
        createdAt: unknown
        transactions: [{ to: Hex; value: string; data: Hex }]
      }
      assert.equal(typeof createdAt, 'number')
      assert.deepEqual(file, {
        version: '1.0',
        chainId: '31337',
        meta: {
          name: 'lp-pay deposit',
          description: 'add 0.1 ETH to the deposit and 0.36 ETH to the reserve',
          createdFromSafeAddress: account.address,
        },
      })
      const [call, ...others] = transactions
      assert.deepEqual(others, [])
      assert.deepEqual(Object.keys(call).sort(), [
        'contractInputsValues',
        'contractMethod',
        'data',
        'to',
        'value',
      ])
      assert.deepEqual([call.to, call.value], [devnetContracts.TicketBroker, wei('0.46').toString()])
      await transact(chain, account.address, call.to, call.data, BigInt(call.value))
      assert.deepEqual(await statusOf(account.address), holdings('0.1', '0.36', 'locked'))
    })

    it('needs no key: the address alone', async () => {
      // On a network that is not of this machine no built-in key could serve.
      const stranger = '0x00000000000000000000000000000000000000AA'
      await chain.rpc('anvil_setBalance', [stranger, '0xde0b6b3a7640000'])
      const { result } = await cli.json(`deposit 0.1 --unsigned --account ${stranger}`)
      assert.deepEqual([result?.['from'], result?.['outcome']], [stranger, 'unsigned'])
      await cli.refuses(`deposit 0.1 --yes --account ${stranger}`, {
        code: 'ACCOUNT_MISSING',
        exitCode: 4,
        message: `there is no account ${stranger} in ${cli.dataFolder}/keystore`,
        next: 'lp-pay account list',
      })
    })

    async function broadcast(signed: Hex): Promise<void> {
      const sent = await chain.rpc('eth_sendRawTransaction', [signed])
      await until(async () => (await chain.rpc('eth_getTransactionReceipt', [sent])) !== null)
    }
  })

  describe('refuses', () => {
    it('more than the wallet holds, before gas and after', async () => {
      await cli.refuses('deposit 10001 --yes', {
        code: 'INSUFFICIENT_FUNDS',
        exitCode: 5,
        message: `${gateway.address} has 10000 ETH, but this can cost up to 10001 ETH`,
        next: `send at least 1 ETH to ${gateway.address}, or choose a smaller amount`,
        details: {
          balanceWei: wei('10000').toString(),
          neededWei: wei('10001').toString(),
          missingWei: wei('1').toString(),
        },
      })
      const { code, stdout } = await cli.run('deposit 10000 --yes --json')
      const { error } = JSON.parse(stdout) as {
        error: { code: string; details: Readonly<Record<string, string>> }
      }
      assert.deepEqual([code, error.code], [5, 'INSUFFICIENT_FUNDS'])
      const { neededWei = '0', missingWei = '0' } = error.details
      assert.equal(BigInt(neededWei) - wei('10000'), BigInt(missingWei))
      assert.ok(BigInt(missingWei) > 0n && BigInt(missingWei) < wei('0.01'), formatWei(BigInt(missingWei)))
      assert.equal(await nonceOf(chain), 0)
    })

    const amountHelp = 'write amounts like 0.1, 0.1eth, 5gwei or 1000wei'
    const amounts: readonly (readonly [amount: string, why: string])[] = [
      ['0', 'it must be more than zero'],
      ['1e3', 'exponents are not taken'],
      ['0,1', 'write decimals with a point'],
      ['0.0000000000000000001', 'eth has at most 18 decimals, this has 19'],
      ['1ether', 'write a number and, if it is not ETH, its unit: eth, gwei or wei'],
      ['9999999999', 'it is more than all ETH in existence'],
    ]
    for (const [amount, why] of amounts) {
      it(`the amount ${amount}`, async () => {
        const refusal = {
          code: 'AMOUNT_INVALID',
          exitCode: 2,
          message: `"${amount}" is not an amount: ${why}`,
          next: amountHelp,
        }
        await cli.refuses(`deposit ${amount} --yes`, refusal)
      })
    }

    it('a bad amount of a flag, in the same words', async () => {
      for (const [words, flag] of [
        ['deposit 0.1', '--reserve'],
        ['deposit', '--top-up-to'],
        ['reserve', '--top-up-to'],
      ] as const) {
        await cli.refuses(`${words} ${flag} 1e3 --yes`, {
          code: 'AMOUNT_INVALID',
          exitCode: 2,
          message: `${flag}: "1e3" is not an amount: exponents are not taken`,
          next: amountHelp,
        })
      }
    })

    it('an empty amount', async () => {
      const words = ['deposit', '', '--network', 'devnet', '--rpc-url', chain.rpcUrl]
      const { code, stderr } = await runCli(words)
      assert.deepEqual([code, stderr], [2, `error: "" is not an amount: it is empty (next: ${amountHelp})\n`])
    })

    const missing = {
      code: 'AMOUNT_MISSING',
      exitCode: 2,
      message: 'give either an amount to add or --top-up-to',
      next: 'lp-pay deposit 0.1, or lp-pay deposit --top-up-to 0.1',
    }
    it('no amount', () => cli.refuses('deposit --yes', missing))
    it('both an amount and a level', () => cli.refuses('deposit 0.1 --top-up-to 0.2 --yes', missing))

    it('a level and a reserve at once', async () => {
      const { code, stdout } = await cli.run('deposit --top-up-to 0.1 --reserve 0.1 --json')
      const { error } = JSON.parse(stdout) as { error: { code: string } }
      assert.deepEqual([code, error.code], [2, 'USAGE'])
    })

    it('a dry run that also writes the transaction', async () => {
      const { code, stdout } = await cli.run('deposit 0.1 --dry-run --unsigned --json')
      const { error } = JSON.parse(stdout) as { error: { code: string } }
      assert.deepEqual([code, error.code], [2, 'USAGE'])
    })

    for (const [what, address, code, message, next] of [
      [
        'a wrong checksum',
        otherGateway.address.replace('C4', 'c4'),
        'ADDRESS_CHECKSUM',
        `${otherGateway.address.replace('C4', 'c4')} is an address with a wrong checksum`,
        'copy the address again from where it comes from: a character is wrong',
      ],
      [
        'no address',
        '0x123',
        'ADDRESS_INVALID',
        '"0x123" is not an address: write 0x and 40 hex digits',
        null,
      ],
      [
        'nobody',
        `0x${'0'.repeat(40)}`,
        'ADDRESS_INVALID',
        `"0x${'0'.repeat(40)}" is not an address: nobody owns the zero address`,
        null,
      ],
    ] as const) {
      it(`to fund ${what}`, async () => {
        await cli.refuses(`deposit 0.1 --yes --for ${address}`, {
          code,
          exitCode: 2,
          message: `--for: ${message}`,
          next,
        })
      })
    }
  })
})

for (const rules of devnetRules) {
  describe(`deposit by another account while the funds unlock, by the rules of ${rules}`, () => {
    const cli = useDevnetCli({ rules })
    const cancelled = rules === '2022'

    it(`says that the unlock ${cancelled ? 'is cancelled' : 'goes on'}`, async () => {
      await fund(cli.chain, wei('0.1'), wei('0.36'))
      await unlock(cli.chain)
      const words = `deposit 0.1 --account gateway-2 --for ${gateway.address}`
      const dry = await cli.json(`${words} --dry-run`)
      const caution = `${gateway.address} has begun to unlock; depending on the contract's version this cancels it`
      assert.deepEqual(dry.warnings, [caution])
      const { result, warnings } = await cli.json(`${words} --yes`)
      assert.deepEqual(warnings, [caution])
      assert.deepEqual(
        (result?.['events'] as Plain[]).map(({ name }) => name),
        [...(cancelled ? ['UnlockCancelled'] : []), 'ReserveFunded', 'DepositFunded'],
      )
      assert.deepEqual(result?.['before'], holdings('0.1', '0.36', 'unlocking'))
      assert.deepEqual(result?.['after'], holdings('0.2', '0.36', cancelled ? 'locked' : 'unlocking'))
    })
  })
}
