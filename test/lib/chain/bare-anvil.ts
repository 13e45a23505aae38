import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { startFaultProxy } from '../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../helpers/fault-proxy.ts'
import { mortal } from '../../helpers/mortal.ts'

export const chainId = 424_242
export const controller = '0x00000000000000000000000000000000000C0de0'

export interface BareAnvil {
  readonly url: string
  stop(): Promise<void>
}

/** A real node with some code where the Controller should be, and no contracts. */
export async function startBareAnvil(id: number = chainId): Promise<BareAnvil> {
  const cache = await mkdtemp(join(tmpdir(), 'lp-pay-anvil-'))
  const flags = ['--port', '0', '--chain-id', String(id), '--accounts', '2', '--cache-path', cache]
  const child = mortal(spawn(anvilBinary(), flags, { stdio: ['ignore', 'pipe', 'inherit'] }))
  const exited = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    exited.then(() => reject(new Error('anvil ended before it listened')), reject)
    createInterface(child.stdout).on('line', (line) => {
      const address = /Listening on (\S+)/.exec(line)?.[1]
      if (address !== undefined) resolve(`http://${address}`)
    })
  })
  await ask(url, 'anvil_setCode', [controller, '0x6001'])
  return {
    url,
    async stop() {
      child.kill('SIGKILL')
      await exited
      await rm(cache, { recursive: true, force: true })
    },
  }
}

/** Asks a node directly, without what is under test. */
export async function ask(url: string, method: string, params: readonly unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } }
  if (error !== undefined) throw new Error(`${method}: ${error.message}`)
  return result
}

/** One anvil behind two proxies, `a` and `b`, for the tests of a file. */
export function useTwoProxies(): {
  readonly anvil: BareAnvil
  readonly a: FaultProxy
  readonly b: FaultProxy
} {
  const stage = {} as { anvil: BareAnvil; a: FaultProxy; b: FaultProxy }
  before(async () => {
    stage.anvil = await startBareAnvil()
  })
  after(() => stage.anvil.stop())
  beforeEach(async () => {
    stage.a = await startFaultProxy(stage.anvil.url)
    stage.b = await startFaultProxy(stage.anvil.url)
  })
  afterEach(() => Promise.all([stage.a.stop(), stage.b.stop()]))
  return stage
}

function anvilBinary(): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const folder = new URL(
    `../../../node_modules/@foundry-rs/anvil-${process.platform}-${arch}/bin/`,
    import.meta.url,
  )
  return join(folder.pathname, process.platform === 'win32' ? 'anvil.exe' : 'anvil')
}
