import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encodeFunctionData, keccak256, parseAbi, stringToHex } from 'viem'

import { describeDevnet } from '../../../src/lib/devnet/describe-devnet.ts'
import { findFreePort, probePort } from '../../../src/lib/devnet/free-port.ts'
import { connectDevnet } from '../../../src/lib/devnet/json-rpc.ts'
import { listDevnets } from '../../../src/lib/devnet/list-devnets.ts'
import { identifyProcess } from '../../../src/lib/files/process-identity.ts'
import { devnetContracts, ticketBrokerTargets } from '../../../src/lib/devnet/network.ts'
import { devnetRules } from '../../../src/lib/devnet/rules.ts'
import { startDevnet } from '../../../src/lib/devnet/start-devnet.ts'
import type { DevnetInfo, StartDevnetOptions } from '../../../src/lib/devnet/start-devnet.ts'
import { stopDevnet } from '../../../src/lib/devnet/stop-devnet.ts'
import { PreconditionError } from '../../../src/lib/errors.ts'
import { buildSnapshots, projectFolder, snapshotFolder } from '../../helpers/devnet.ts'
import { until } from '../../helpers/until.ts'
import { bounded, mortal } from '../../helpers/mortal.ts'

describe('the life of a devnet', () => {
  let stateFolder: string
  let port: number
  let options: StartDevnetOptions
  const started: number[] = []

  before(buildSnapshots)

  beforeEach(async () => {
    stateFolder = await mkdtemp(join(tmpdir(), 'lp-pay-test-'))
    port = await findFreePort()
    options = { port, stateFolder, snapshotFolder, searchFrom: projectFolder }
  })

  afterEach(async () => {
    for (const pid of started.splice(0)) {
      if (identifyProcess(pid)) process.kill(pid, 'SIGKILL')
    }
    await rm(stateFolder, { recursive: true, force: true })
  })

  async function startDetached(more: Partial<StartDevnetOptions> = {}): Promise<DevnetInfo> {
    const info = await startDevnet({ ...options, ...more, detached: true })
    started.push(info.pid)
    return info
  }

  async function nothingIsLeft(): Promise<void> {
    assert.deepEqual(await readdir(stateFolder), [])
    assert.equal(await probePort(port), 'free')
  }

  it('starts in private files, answers, and leaves neither process nor file when stopped', async () => {
    const steps: string[] = []
    const info = await startDetached({ onStep: (step) => steps.push(step) })
    const { startedAt, pid, genesisHash, ...rest } = info
    assert.deepEqual(rest, {
      port,
      rpcUrl: `http://127.0.0.1:${String(port)}`,
      chainId: 31_337,
      rules: '2026',
      folder: join(stateFolder, String(port)),
      logPath: join(stateFolder, String(port), 'anvil.log'),
      currentRound: 1001n,
    })
    assert.deepEqual(steps, ['unpack', 'launch', 'wait'])
    assert.match(genesisHash, /^0x[0-9a-f]{64}$/)
    assert.equal(new Date(startedAt).toISOString(), startedAt)
    assert.equal((await stat(info.folder)).mode & 0o777, 0o700)
    for (const name of ['devnet.json', 'anvil.log', 'state.json']) {
      assert.equal((await stat(join(info.folder, name))).mode & 0o777, 0o600, name)
    }
    assert.equal(await readFile(info.logPath, 'utf8'), '')

    assert.deepEqual(await stopDevnet(options), {
      port,
      rpcUrl: info.rpcUrl,
      chainId: 31_337,
      rules: '2026',
      pid,
      startedAt,
      folder: info.folder,
      logPath: info.logPath,
    })
    assert.equal(identifyProcess(pid), undefined)
    await nothingIsLeft()
  })

  it('has the TicketBroker of the rules asked for, and remembers which', async () => {
    for (const rules of devnetRules) {
      const info = await startDetached({ rules })
      assert.equal(info.rules, rules)
      assert.deepEqual(
        (await listDevnets({ stateFolder })).map((listed) => listed.rules),
        [rules],
      )
      const rpc = connectDevnet(info.rpcUrl)
      const data = encodeFunctionData({
        abi: parseAbi(['function getContract(bytes32 id) view returns (address)']),
        args: [keccak256(stringToHex('TicketBrokerTarget'))],
      })
      const target = await rpc.request('eth_call', [{ to: devnetContracts.Controller, data }, 'latest'])
      rpc.close()
      assert.equal(BigInt(String(target)), BigInt(ticketBrokerTargets[rules]))
      assert.equal((await stopDevnet(options)).rules, rules)
    }
  })

  it('takes a devnet without a word on its rules for one of 2022', async () => {
    const { folder } = await startDetached()
    const path = join(folder, 'devnet.json')
    const { rules: _, ...record } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
    await writeFile(path, JSON.stringify(record))
    assert.deepEqual(
      (await listDevnets({ stateFolder })).map(({ state, rules }) => [state, rules]),
      [['running', '2022']],
    )
    await stopDevnet(options)
  })

  it('survives the process that starts it', async () => {
    const source = `
      import { startDevnet } from ${JSON.stringify(join(projectFolder, 'src/lib/devnet/start-devnet.ts'))}
      const { pid, genesisHash } = await startDevnet({ ...${JSON.stringify(options)}, detached: true })
      console.log(JSON.stringify({ pid, genesisHash }))`
    const output = execFileSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', source],
      { ...bounded, cwd: projectFolder, encoding: 'utf8' },
    )
    const { pid } = JSON.parse(output) as DevnetInfo
    started.push(pid)
    const { rpcUrl, state } = (await listDevnets({ stateFolder }))[0] ?? {}
    assert.equal(state, 'running')
    assert.equal((await describeDevnet({ rpcUrl: rpcUrl ?? '' })).currentRound, 1001n)
    assert.equal((await stopDevnet(options)).pid, pid)
    await nothingIsLeft()
  })

  it('runs in the foreground until it is stopped', async () => {
    const handle = await startDevnet({ ...options, detached: false })
    started.push(handle.pid)
    assert.equal((await describeDevnet(handle)).blockNumber, 0n)
    await handle.stop()
    await handle.exited
    await nothingIsLeft()
  })

  it('cleans up in the foreground when anvil ends by itself', async () => {
    const handle = await startDevnet({ ...options, detached: false })
    process.kill(handle.pid, 'SIGKILL')
    await handle.exited
    await nothingIsLeft()
    await handle.stop()
  })

  it('is another chain each time, even when two start in the same instant', async () => {
    const otherPort = await findFreePort()
    const [one, other] = await Promise.all([startDetached(), startDetached({ port: otherPort })])
    assert.notEqual(one.genesisHash, other.genesisHash)
    assert.deepEqual(
      (await listDevnets({ stateFolder })).map((devnet) => [devnet.port, devnet.pid, devnet.state]),
      [one, other]
        .map((devnet) => [devnet.port, devnet.pid, 'running'] as const)
        .sort(([first], [second]) => first - second),
    )

    await stopDevnet(options)
    assert.equal((await describeDevnet(other)).currentRound, 1001n)
    const again = await startDetached()
    assert.notEqual(again.genesisHash, one.genesisHash)
    await stopDevnet(options)
    await stopDevnet({ port: otherPort, stateFolder })
    await nothingIsLeft()
  })

  it('does not start a second time on the same port', async () => {
    const info = await startDetached()
    await assert.rejects(startDetached(), (error) => {
      assert.ok(error instanceof PreconditionError)
      assert.equal(error.code, 'DEVNET_RUNNING')
      assert.equal(error.message, `a devnet runs on port ${String(port)} already`)
      assert.deepEqual(error.nextSteps, [
        `stop it first: lp-pay devnet down --port ${String(port)}`,
        'or start another one beside it: lp-pay devnet up --port PORT',
      ])
      return true
    })
    assert.ok(identifyProcess(info.pid))
    await stopDevnet(options)
  })

  it('lets one of two simultaneous starts on the same port win', async () => {
    const outcomes = await Promise.allSettled([startDetached(), startDetached()])
    const reasons = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    )
    assert.equal(reasons.length, 1)
    assert.ok(reasons[0] instanceof PreconditionError)
    assert.equal(reasons[0].code, 'DEVNET_STARTING')
    assert.equal(reasons[0].message, `a devnet is being started on port ${String(port)}`)
    await stopDevnet(options)
    await nothingIsLeft()
  })

  it('names who has taken the port: another program, or a devnet it has no record of', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(port, '127.0.0.1')
    await once(server, 'listening')
    await assert.rejects(startDetached(), {
      code: 'DEVNET_PORT_IN_USE',
      message: `port ${String(port)} is taken by another program`,
      details: { port, devnet: false },
    })
    server.closeAllConnections()
    server.close()
    await once(server, 'close')

    await startDetached()
    await assert.rejects(startDetached({ stateFolder: join(stateFolder, 'elsewhere') }), {
      code: 'DEVNET_PORT_IN_USE',
      message: `port ${String(port)} is taken by a devnet that lp-pay has no record of`,
      details: { port, devnet: true },
    })
    await stopDevnet(options)
  })

  it('refuses what is not a port', async () => {
    for (const wrong of [0, -1, 65_536, 1.5, Number.NaN]) {
      await assert.rejects(startDetached({ port: wrong }), {
        code: 'DEVNET_PORT_INVALID',
        message: `${String(wrong)} is not a port`,
      })
    }
  })

  it('says what anvil said last when it ends at once, and leaves nothing', async () => {
    const path = join(stateFolder, 'state-2026.json.gz')
    await writeFile(path, gzipSync('{"block":{},"blocks":[{"header":{}}],"accounts":7}'))
    await assert.rejects(startDetached({ snapshotFolder: stateFolder }), (error) => {
      assert.ok(error instanceof Error && 'code' in error)
      assert.equal(error.code, 'DEVNET_START_FAILED')
      assert.match(error.message, /^anvil ended at once: error: invalid value .* for '--load-state <PATH>'/)
      return true
    })
    await rm(path)
    await nothingIsLeft()
  })

  it('says so when the program is no anvil, and leaves nothing', async () => {
    const anvilPath = join(stateFolder, 'anvil')
    await writeFile(anvilPath, '#!/bin/sh\necho first\necho "no \u001b[31manvil"\nexit 1\n', { mode: 0o700 })
    await assert.rejects(startDetached({ anvilPath }), {
      code: 'DEVNET_START_FAILED',
      message: 'anvil ended at once: no anvil',
    })
    await writeFile(anvilPath, '#!/nothing/here\n')
    await assert.rejects(startDetached({ anvilPath }), {
      code: 'DEVNET_START_FAILED',
      message: 'anvil cannot be run',
    })
    await rm(anvilPath)
    await nothingIsLeft()
  })

  it('ends a start that is aborted, and leaves nothing', async () => {
    for (const last of ['unpack', 'launch', 'wait'] as const) {
      const abort = new AbortController()
      const onStep = (step: string) => {
        if (step === last) abort.abort(new Error('enough'))
      }
      await assert.rejects(startDetached({ signal: abort.signal, onStep }), { message: 'enough' })
      await nothingIsLeft()
    }
  })

  it('has nothing to stop where none runs', async () => {
    await assert.rejects(stopDevnet(options), {
      code: 'DEVNET_NOT_RUNNING',
      message: `no devnet runs on port ${String(port)}`,
    })
    assert.deepEqual(await listDevnets({ stateFolder: join(stateFolder, 'nothing') }), [])
  })

  it('clears away what a killed devnet has left', async () => {
    const kill = async () => {
      const { pid, folder } = await startDetached()
      process.kill(pid, 'SIGKILL')
      await until(() => identifyProcess(pid) === undefined)
      assert.ok(existsSync(folder))
    }
    await kill()
    assert.deepEqual(
      (await listDevnets({ stateFolder })).map(({ state }) => state),
      ['dead'],
    )
    assert.deepEqual(await listDevnets({ stateFolder }), [])

    await kill()
    await assert.rejects(stopDevnet(options), { code: 'DEVNET_NOT_RUNNING' })
    await nothingIsLeft()

    await kill()
    await startDetached()
    await stopDevnet(options)
    await nothingIsLeft()
  })

  it('never signals a process that has taken over the number of a dead anvil', async () => {
    const stranger = mortal(spawn('sleep', ['30']))
    await once(stranger, 'spawn')
    const identity = { pid: stranger.pid, started: 'at another time' }
    await mkdir(join(stateFolder, String(port)))
    await writeFile(
      join(stateFolder, String(port), 'devnet.json'),
      JSON.stringify({ port, startedAt: new Date(0).toISOString(), starter: identity, anvil: identity }),
    )
    await assert.rejects(stopDevnet(options), { code: 'DEVNET_NOT_RUNNING' })
    await nothingIsLeft()
    assert.ok(identifyProcess(stranger.pid ?? 0))
    stranger.kill()
  })

  it('takes a folder with an unreadable record for what a dead devnet has left', async () => {
    await mkdir(join(stateFolder, String(port)))
    await writeFile(join(stateFolder, String(port), 'devnet.json'), '{"port":')
    assert.deepEqual(await listDevnets({ stateFolder }), [])
    await nothingIsLeft()
  })
})
