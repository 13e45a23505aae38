import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { projectFolder, useTestDevnet } from '../helpers/devnet.ts'
import { startFaultProxy } from '../helpers/fault-proxy.ts'
import type { FaultProxy } from '../helpers/fault-proxy.ts'
import { mortal } from '../helpers/mortal.ts'

describe('a command that is interrupted while it connects', () => {
  const chain = useTestDevnet()
  let proxy: FaultProxy
  let folder: string
  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    folder = await mkdtemp(join(tmpdir(), 'lp-pay-interrupt-'))
  })
  afterEach(async () => {
    await proxy.stop()
    await rm(folder, { recursive: true, force: true })
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends at once on ${signal}, though the RPC does not answer`, async () => {
      proxy.inject({ do: { kind: 'hang' } })
      const program = join(projectFolder, 'bin', 'run.cjs')
      const words = ['deposit', '0.1', '--account', 'gateway-1', '--yes']
      const child = mortal(
        spawn(process.execPath, [program, ...words, '--network', 'devnet', '--rpc-url', proxy.url], {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { PATH: process.env['PATH'], LP_PAY_CONFIG_DIR: folder, LP_PAY_DATA_DIR: folder },
        }),
      )
      const said = { stdout: '', stderr: '' }
      for (const name of ['stdout', 'stderr'] as const) {
        child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text))
      }
      await proxy.seen('eth_call')
      child.kill(signal)
      const [code] = (await once(child, 'close')) as [number | null]
      assert.deepEqual(
        [code, said.stdout, said.stderr],
        [3, '', 'error: interrupted while connecting; nothing was sent\n'],
      )
      // The pool would have asked twice more.
      assert.equal(proxy.requests.length, 1)
    })
  }
})
