import assert from 'node:assert/strict'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keccak256 } from 'viem'
import type { Hex } from 'viem'

import { devnetContracts } from '../../src/lib/devnet/network.ts'
import { formatWei, parseWei } from '../../src/lib/units/wei.ts'
import { startTestDevnet } from '../helpers/devnet.ts'
import { startFaultProxy } from '../helpers/fault-proxy.ts'
import type { FaultProxy } from '../helpers/fault-proxy.ts'
import { gateway } from '../helpers/sender-fixture.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import type { Plain } from '../lib/sender/devnet-cli.ts'
import { nonceOf } from '../lib/sender/on-chain.ts'
import { until } from '../helpers/until.ts'

interface Entry extends Plain {
  readonly hash: Hex
  readonly state: string
  readonly nonce: number
  readonly attempts: readonly { readonly hash: Hex; readonly maxFeePerGasWei: string }[]
}

const tenth = parseWei('0.1')

describe('tx', () => {
  const cli = useDevnetCli()
  const { chain } = cli

  async function list(flags = ''): Promise<readonly Entry[]> {
    const { result } = await cli.json(`tx list${flags}`)
    return result?.['transactions'] as readonly Entry[]
  }

  async function only(): Promise<Entry> {
    const [entry, ...others] = await list()
    assert.ok(entry !== undefined)
    assert.deepEqual(others, [])
    return entry
  }

  async function depositOnChain(): Promise<string> {
    return formatWei(BigInt(String((await cli.json('status')).result?.['depositWei'])))
  }

  it('has nothing to show before anything was sent', async () => {
    const { stdout, code } = await cli.run('tx list')
    assert.deepEqual([code, stdout], [0, 'nothing was sent yet\n'])
    const { command, result } = await cli.json('tx list --open')
    assert.deepEqual([command, result], ['tx list', { transactions: [] }])
  })

  it('lists what was sent, newest first, without a connection', async () => {
    await cli.json('deposit 0.1 --reserve 0.36 --yes')
    await cli.json('unlock --yes')
    const entries = await list()
    assert.deepEqual(
      entries.map(({ operation, state, network, nonce, valueWei }) => ({
        operation,
        state,
        network,
        nonce,
        valueWei,
      })),
      [
        { operation: 'unlock', state: 'final', network: 'devnet', nonce: 1, valueWei: '0' },
        {
          operation: 'deposit',
          state: 'final',
          network: 'devnet',
          nonce: 0,
          valueWei: parseWei('0.46').toString(),
        },
      ],
    )
    assert.deepEqual(await list(' --open'), [])
    const { stdout } = await cli.run('tx list --rpc-url http://127.0.0.1:1')
    assert.deepEqual(
      stdout
        .split('\n')
        .map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, 'TIME').split(/ {2,}/)),
      [
        ['signed', 'operation', 'value', 'state', 'network', 'transaction'],
        ...entries.map(({ operation, hash }) => [
          'TIME',
          operation,
          operation === 'unlock' ? '0 ETH' : '0.46 ETH',
          'final',
          'devnet',
          hash,
        ]),
        [''],
      ],
    )
  })

  it('shows all of a transaction but its signed bytes, by the beginning of its hash', async () => {
    await cli.json('deposit 0.1 --yes')
    const { hash } = await only()
    const { command, result } = await cli.json(`tx show ${hash.slice(0, 8).toUpperCase().replace('X', 'x')}`)
    const receipt = (await chain.rpc('eth_getTransactionReceipt', [hash])) as Readonly<Record<string, Hex>>
    const [attempt, ...others] = (result as unknown as Entry).attempts
    assert.equal(command, 'tx show')
    assert.deepEqual(others, [])
    const gasUsed = BigInt(receipt['gasUsed'] ?? 0)
    const feeWei = gasUsed * BigInt(receipt['effectiveGasPrice'] ?? 0)
    assert.deepEqual(result, {
      hash,
      operation: 'deposit',
      state: 'final',
      network: 'devnet',
      from: gateway.address,
      to: devnetContracts.TicketBroker,
      nonce: 0,
      valueWei: tenth.toString(),
      data: '0x6caa736b',
      attempts: [attempt],
      mined: { blockNumber: '1', gasUsed: gasUsed.toString(), feeWei: feeWei.toString() },
    })
    assert.deepEqual(Object.keys(attempt ?? {}).sort(), [
      'gasLimit',
      'hash',
      'maxFeePerGasWei',
      'maxPriorityFeePerGasWei',
      'signedAt',
    ])
    const { stdout } = await cli.run(`tx show ${hash}`)
    assert.deepEqual(
      stdout
        .split('\n')
        .filter((line) => !/^(?:attempt|block) /.test(line))
        .map((line) => line.split(/ {2,}/)),
      [
        ['transaction', hash],
        ['operation', 'deposit'],
        ['state', 'final'],
        ['network', 'devnet'],
        ['from', `${gateway.address}, nonce 0`],
        ['to', devnetContracts.TicketBroker],
        ['value', '0.1 ETH'],
        ['data', '0x6caa736b'],
        [''],
      ],
    )
  })

  it('refuses what the journal does not hold', async () => {
    await cli.json('deposit 0.1 --yes')
    const { hash } = await only()
    for (const wanted of [`0x${'1'.repeat(64)}`, hash.slice(0, 7), hash.slice(2), `${hash}00`, 'deposit']) {
      for (const words of ['tx show', 'tx resume']) {
        await cli.refuses(`${words} ${wanted}`, {
          code: 'TRANSACTION_NOT_FOUND',
          exitCode: 2,
          message: `the journal has no transaction ${wanted}`,
          next: 'lp-pay tx list',
        })
      }
    }
  })

  it('refuses a beginning that fits two', async () => {
    await cli.json('deposit 0.1 --yes')
    const { hash } = await only()
    const twin = `${hash.slice(0, 10)}${'0'.repeat(56)}`
    await rewriteJournal((text) => text.replaceAll(hash, twin).replace('"nonce": 0', '"nonce": 1'), true)
    assert.equal((await list()).length, 2)
    await cli.refuses(`tx show ${hash.slice(0, 10)}`, {
      code: 'TRANSACTION_AMBIGUOUS',
      exitCode: 2,
      message: `${hash.slice(0, 10)} is the beginning of more than one transaction`,
      next: 'write more of it: lp-pay tx list',
    })
    assert.equal((await cli.json(`tx show ${hash}`)).result?.['hash'], hash)
  })

  it('refuses a journal that is damaged, and names the file', async () => {
    await cli.json('deposit 0.1 --yes')
    const file = await rewriteJournal((text) => text.slice(0, 100))
    const refusal = {
      code: 'JOURNAL_CORRUPT',
      exitCode: 4,
      message: `the journal file ${file} cannot be read`,
      next: "look up the account's last transactions on an explorer, then move the file away and repeat",
      details: { file },
    }
    await cli.refuses('tx list', refusal)
    await cli.refuses('tx show 0x123456', refusal)
  })

  describe('resume', () => {
    let proxy: FaultProxy
    beforeEach(async () => {
      proxy = await startFaultProxy(chain.rpcUrl)
    })
    afterEach(() => proxy.stop())

    /** Deposits so that its fate is not known within a second. */
    async function depositIntoTheUnknown(): Promise<Hex> {
      const words = `deposit 0.1 --yes --timeout 1s --rpc-url ${proxy.url}`
      const { code, stderr } = await cli.run(words)
      proxy.clear()
      const entry = await only()
      const said = `error: the fate of deposit ${entry.hash} is not known in time: it may still be mined`
      assert.deepEqual(
        [
          code,
          stderr
            .trimEnd()
            .split('\n')
            .at(-1)
            ?.replace(/ \(the node says: .*?\)(?= \()/, ''),
        ],
        [8, `${said} (next: lp-pay tx resume ${entry.hash})`],
      )
      assert.deepEqual([entry.state, entry['mined']], ['pending', null])
      return entry.hash
    }

    it('finds out what became of a transaction that was mined unseen', async () => {
      proxy.inject({ method: 'eth_getTransactionReceipt', do: { kind: 'hang' } })
      const hash = await depositIntoTheUnknown()
      assert.deepEqual(
        (await list(' --open')).map((entry) => entry.hash),
        [hash],
      )
      const { command, result } = await cli.json(`tx resume ${hash}`)
      assert.deepEqual([command, result?.['state'], result?.['hash']], ['tx resume', 'final', hash])
      assert.deepEqual(await list(' --open'), [])
      assert.equal(await depositOnChain(), '0.1')
    })

    it('sends the same bytes again when they never arrived', async () => {
      proxy.inject({ method: 'eth_sendRawTransaction', do: { kind: 'status', status: 502 } })
      const hash = await depositIntoTheUnknown()
      assert.equal(await depositOnChain(), '0')
      const { stdout, stderr, code } = await cli.run(`tx resume ${hash} --rpc-url ${proxy.url}`)
      assert.deepEqual([code, stderr], [0, 'the chain does not know it: sending the same bytes again\n'])
      assert.match(stdout, /^state +final$/m)
      assert.equal(proxy.forwarded('eth_sendRawTransaction'), 1)
      const sent = proxy.requests
        .flatMap(({ calls }) => calls)
        .filter(({ method }) => method === 'eth_sendRawTransaction')
        .map(({ params }) => keccak256(params[0] as Hex))
      assert.deepEqual([...new Set(sent)], [hash])
      assert.equal(await depositOnChain(), '0.1')
    })

    it('leaves nothing for the repeated command to find, which then deposits anew', async () => {
      proxy.inject({ method: 'eth_getTransactionReceipt', do: { kind: 'hang' } })
      await cli.json(`tx resume ${await depositIntoTheUnknown()}`)
      assert.equal((await cli.json('deposit 0.1 --yes')).result?.['outcome'], 'sent')
      assert.equal(await depositOnChain(), '0.2')
    })

    it('is what a repeated command does by itself', async () => {
      proxy.inject({ method: 'eth_sendRawTransaction', do: { kind: 'status', status: 502 } })
      const hash = await depositIntoTheUnknown()
      const { stdout, stderr, code } = await cli.run('deposit 0.1 --yes')
      assert.equal(code, 0)
      assert.deepEqual(stderr.split('\n'), [
        `an earlier deposit was left open: settling ${hash}`,
        'the chain does not know it: sending the same bytes again',
        '',
      ])
      assert.equal(stdout.split('\n')[0], 'done: deposit (an earlier run had sent it; nothing was sent now)')
      assert.equal(await depositOnChain(), '0.1')
    })

    it('warns of it in a dry run', async () => {
      proxy.inject({ method: 'eth_sendRawTransaction', do: { kind: 'status', status: 502 } })
      const hash = await depositIntoTheUnknown()
      const { warnings } = await cli.json('deposit 0.1 --dry-run')
      assert.deepEqual(warnings, [`an earlier deposit is not settled: lp-pay tx resume ${hash}`])
    })

    it('replaces at a higher fee, under the same nonce, so that one of both is mined', async () => {
      await chain.rpc('evm_setAutomine', [false])
      try {
        const first = await depositIntoTheUnknown()
        const mining = untilInPool(parseWei('50gwei')).then(() => chain.rpc('evm_mine'))
        const resumed = await cli.json(
          `tx resume ${first} --raise-fee --max-fee-per-gas 50 --yes --rpc-url ${proxy.url}`,
        )
        await mining
        const { result } = resumed
        const { attempts, hash, state, nonce } = result as unknown as Entry
        assert.deepEqual([state, nonce, attempts.length], ['final', 0, 2])
        assert.deepEqual([attempts[0]?.hash, attempts[1]?.hash], [first, hash])
        assert.equal(attempts[1]?.maxFeePerGasWei, parseWei('50gwei').toString())
      } finally {
        await chain.rpc('evm_setAutomine', [true])
      }
      assert.deepEqual([await nonceOf(chain), await depositOnChain()], [1, '0.1'])
      const { hash, attempts } = await only()
      assert.equal((await cli.json(`tx show ${attempts[0]?.hash ?? ''}`)).result?.['hash'], hash)
    })

    /** Resolves when the pool holds a transaction that offers this much for a unit of gas. */
    async function untilInPool(maxFeePerGasWei: bigint): Promise<void> {
      const offered = `"maxFeePerGas":"0x${maxFeePerGasWei.toString(16)}"`
      await until(async () => JSON.stringify(await chain.rpc('txpool_content')).includes(offered))
    }

    it('refuses a replacement above the limit, and one without a limit', async () => {
      proxy.inject({ method: 'eth_sendRawTransaction', do: { kind: 'status', status: 502 } })
      const hash = await depositIntoTheUnknown()
      const [attempt] = (await only()).attempts
      const needed = (BigInt(attempt?.maxFeePerGasWei ?? 0) * 110n + 99n) / 100n
      await cli.refuses(`tx resume ${hash} --raise-fee --max-fee-per-gas 0.000000001 --yes`, {
        code: 'FEE_ABOVE_LIMIT',
        exitCode: 5,
        message: `a replacement must offer at least ${formatWei(needed, 'gwei')} gwei, above the limit of 0.000000001 gwei`,
        next: 'raise --max-fee-per-gas',
        details: { neededWei: needed.toString(), limitWei: '1' },
      })
      const { code, stdout } = await cli.run(`tx resume ${hash} --raise-fee --yes --json`)
      assert.deepEqual([code, (JSON.parse(stdout) as { error: Plain }).error['code']], [2, 'USAGE'])
      assert.equal((await only()).attempts.length, 1)
    })

    it('asks before it replaces: without a terminal it does not', async () => {
      proxy.inject({ method: 'eth_sendRawTransaction', do: { kind: 'status', status: 502 } })
      const hash = await depositIntoTheUnknown()
      await cli.refuses(`tx resume ${hash} --raise-fee --max-fee-per-gas 50`, {
        code: 'CONFIRMATION_NEEDED',
        exitCode: 3,
        message: 'there is no terminal to ask at; nothing was sent',
        next: 'add --yes to replace it',
      })
      assert.equal((await only()).attempts.length, 1)
    })

    it('refuses what is settled', async () => {
      await cli.json('deposit 0.1 --yes')
      const { hash } = await only()
      await cli.refuses(`tx resume ${hash}`, {
        code: 'TRANSACTION_SETTLED',
        exitCode: 5,
        message: 'that transaction is settled: final',
        next: `lp-pay tx show ${hash}`,
        details: { state: 'final' },
      })
    })

    it('refuses a chain that is not the one it was made for', async () => {
      proxy.inject({ method: 'eth_sendRawTransaction', do: { kind: 'status', status: 502 } })
      const hash = await depositIntoTheUnknown()
      const other = await startTestDevnet()
      try {
        await cli.refuses(`tx resume ${hash} --rpc-url ${other.rpcUrl}`, {
          code: 'TRANSACTION_OF_OTHER_CHAIN',
          exitCode: 4,
          message: 'that transaction was made for another chain: devnet',
          next: '--network devnet; a devnet that was started again is another chain',
          details: {
            chainOfTransaction: `31337-${chain.genesisHash.slice(2, 18)}`,
            chain: `31337-${other.genesisHash.slice(2, 18)}`,
          },
        })
      } finally {
        await other.stop()
      }
    })
  })

  /** Changes the only file of the journal, or what it has beside it under another name. */
  async function rewriteJournal(change: (text: string) => string, beside = false): Promise<string> {
    const folder = join(cli.dataFolder, 'journal')
    const names = await readdir(folder, { recursive: true })
    const [file = ''] = names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name))
    const changed = change(await readFile(file, 'utf8'))
    await writeFile(beside ? file.replace(/\.json$/, '-twin.json') : file, changed)
    return file
  }
})
