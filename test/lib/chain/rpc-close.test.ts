import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { chainId, useTwoProxies } from './bare-anvil.ts'
import { errorOf, usePools } from './pools.ts'
import { bounded } from '../../helpers/mortal.ts'

const script = join(import.meta.dirname, 'ask-and-close.ts')

async function run(
  way: 'answered' | 'hanging',
  url: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const args = ['--import', 'tsx', script, way, url]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } })
  return stdout
}

describe('closing a pool', () => {
  const stage = useTwoProxies()
  const pool = usePools()

  it('lets the process end', async () => {
    assert.equal(await run('answered', stage.a.url), `0x${chainId.toString(16)}`)
  })

  it('lets the process end while a request hangs', async () => {
    stage.a.inject({ do: { kind: 'hang' } })
    assert.equal(await run('hanging', stage.a.url), 'RPC_INTERRUPTED')
  })

  it('lets the process end while the pool pauses', async () => {
    stage.a.inject({ do: { kind: 'status', status: 429, headers: { 'retry-after': '2' } } })
    assert.equal(await run('hanging', stage.a.url), 'RPC_INTERRUPTED')
  })

  it('ends what is under way and what comes later', async () => {
    stage.a.inject({ do: { kind: 'hang' } })
    const rpc = pool([stage.a.url, stage.b.url])
    const first = errorOf(rpc.request('eth_blockNumber'))
    await stage.a.seen('eth_blockNumber')
    rpc.close()
    assert.equal((await first).code, 'RPC_INTERRUPTED')
    assert.equal((await errorOf(rpc.request('eth_blockNumber'))).code, 'RPC_INTERRUPTED')
    assert.equal(stage.b.requests.length, 0)
  })

  it('heeds the signal too', async () => {
    const abort = new AbortController()
    stage.a.inject({ do: { kind: 'hang' } })
    const rpc = pool([stage.a.url], { signal: abort.signal })
    const many = Array.from({ length: 600 }, () => errorOf(rpc.request('eth_blockNumber')))
    await stage.a.seen('eth_blockNumber', 600)
    abort.abort()
    assert((await Promise.all(many)).every(({ code }) => code === 'RPC_INTERRUPTED'))
  })

  it('works over TLS', async function () {
    const folder = await mkdtemp(join(tmpdir(), 'lp-pay-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
    try {
      const flags = [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-keyout',
        key,
        '-out',
        cert,
        '-days',
        '1',
      ]
      execFileSync('openssl', [...flags, ...subject], { ...bounded, stdio: 'ignore' })
    } catch {
      return this.skip()
    }
    const server = createServer(
      { key: await readFile(key), cert: await readFile(cert) },
      (request, response) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => {
          const calls = JSON.parse(Buffer.concat(chunks).toString()) as { id: number }[]
          response.end(JSON.stringify(calls.map(({ id }) => ({ id, result: `0x${chainId.toString(16)}` }))))
        })
      },
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      assert.equal(await run('answered', url, { NODE_EXTRA_CA_CERTS: cert }), `0x${chainId.toString(16)}`)
      const failure = await errorOf(pool([url]).request('eth_chainId'))
      assert.match(failure.message, /: connection failed \(\w*SELF_SIGNED\w*\)\)$/)
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    }
  })
})
