import assert from 'node:assert/strict'
import { inspect } from 'node:util'

import { LpPayError } from '../../../src/lib/errors.ts'
import type { Fault } from '../../helpers/fault-proxy.ts'
import { useTwoProxies } from './bare-anvil.ts'
import { usePools } from './pools.ts'
import { refusingUrl } from './scripted-server.ts'

const secrets = ['s3cr3tuser', 'pa%20ssw0rd', 'pa ssw0rd', 'p4thkey', 'qu3rykey', 'fr4gment']
const encoded = Buffer.from('s3cr3tuser:pa ssw0rd').toString('base64')

function withSecrets(url: string): string {
  return `${url.replace('http://', 'http://s3cr3tuser:pa%20ssw0rd@')}/v3/p4thkey?token=qu3rykey#fr4gment`
}

/** Everything that a renderer, a log or a debugger could get out of an error. */
function everythingIn(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 10) return inspect(error, { depth: 20, showHidden: true })
  const own = Object.getOwnPropertyNames(error).map((name) => inspect((error as never)[name], { depth: 20 }))
  const facts = error instanceof LpPayError ? [inspect([error.details, error.nextSteps], { depth: 20 })] : []
  return [
    error.message,
    error.stack,
    String(error),
    ...own,
    ...facts,
    everythingIn(error.cause, depth + 1),
  ].join('\n')
}

function assertClean(text: string): void {
  for (const secret of [...secrets, encoded]) assert(!text.includes(secret), `${secret} in ${text}`)
}

describe('secrets in RPC URLs', () => {
  const stage = useTwoProxies()
  const pool = usePools()
  const tattle = `cannot POST /v3/p4thkey?token=qu3rykey: key p4thkey, user s3cr3tuser:pa ssw0rd, Basic ${encoded}`
  const tattleUrl = 'no answer from https://s3cr3tuser:pa%20ssw0rd@h/v3/p4thkey?token=qu3rykey'
  const error = (code: number, message: string): Fault => ({
    kind: 'jsonRpcError',
    code,
    message,
    data: tattle,
  })

  const faults: readonly Fault[] = [
    { kind: 'status', status: 401, body: JSON.stringify({ error: { message: tattle } }) },
    { kind: 'status', status: 404, body: tattle },
    { kind: 'status', status: 503, body: JSON.stringify({ message: tattleUrl }) },
    { kind: 'html' },
    { kind: 'reset' },
    { kind: 'hang' },
    { kind: 'truncate' },
    error(-32000, tattle),
    error(-32000, tattleUrl),
    error(-32005, tattle),
    error(-32602, tattleUrl),
    { kind: 'wrongChainId', chainId: 1 },
    { kind: 'replaceResult', with: () => '0x' },
    { kind: 'replaceResult', with: () => tattle },
  ]
  for (const fault of faults) {
    it(`stay out of every error, outcome and notice: ${fault.kind} ${'message' in fault ? fault.message : ''}`, async () => {
      const rpc = pool([withSecrets(stage.a.url)], { timeoutMs: 200 })
      stage.a.inject({ method: ['eth_call', 'eth_chainId'], do: fault })
      stage.a.inject({ method: 'eth_sendRawTransaction', do: fault })
      const failure = await rpc.request('eth_call', [{}, 'latest']).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      assert(failure instanceof LpPayError)
      assertClean(everythingIn(failure))
      const outcome = await rpc.sendRawTransaction('0x1234').catch((thrown: unknown) => thrown)
      assertClean(everythingIn(outcome))
      stage.a.clear()
      stage.a.inject({ method: 'eth_sendRawTransaction', do: fault })
      assertClean(everythingIn(await rpc.sendRawTransaction('0x1234').catch((thrown: unknown) => thrown)))
      assert(stage.a.requests.every(({ path }) => path === '/v3/p4thkey?token=qu3rykey'))
      assert(stage.a.requests.every(({ authorization }) => authorization === `Basic ${encoded}`))
    })
  }

  it('stay out of what is said on failing over', async () => {
    const dead = await refusingUrl()
    stage.a.inject({ do: { kind: 'status', status: 401, body: JSON.stringify({ error: tattle }) } })
    const rpc = pool([withSecrets(dead), withSecrets(stage.a.url), withSecrets(stage.b.url)])
    await rpc.request('eth_chainId')
    assert.equal(rpc.failovers.length, 2)
    assertClean(rpc.failovers.join('\n'))
  })
})
