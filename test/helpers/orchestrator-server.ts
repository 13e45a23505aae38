import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import type { ServerHttp2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

import type { MessageInitShape } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import { connectNodeAdapter } from '@connectrpc/connect-node'
import { getAddress, keccak256, recoverMessageAddress, stringToHex, toHex } from 'viem'

import { Orchestrator } from '../../src/lib/wire/messages.ts'
import type { OrchestratorInfoSchema } from '../../src/lib/wire/messages.ts'

type Info = MessageInitShape<typeof OrchestratorInfoSchema>

/** What the orchestrator does when it is asked: answers, refuses in its words, keeps silent, or sends bytes. */
export type Behaviour = Info | { readonly refuses: string } | 'hangs' | { readonly sends: Buffer }

export interface TestOrchestrator {
  readonly url: string
  /** Who has asked, by signatures that are right. */
  readonly askers: readonly string[]
  stop(): Promise<void>
}

const read = (name: string) => readFileSync(join(import.meta.dirname, '..', 'fixtures', name))

/** A gRPC server with a certificate of its own making, which checks signatures as go-livepeer does. */
export async function startOrchestrator(behaviour: Behaviour): Promise<TestOrchestrator> {
  const askers: string[] = []
  const rpc = connectNodeAdapter({
    routes: (router) =>
      router.service(Orchestrator, {
        async getOrchestrator({ address, sig }, { signal }) {
          const asker = getAddress(toHex(address))
          const raw = keccak256(stringToHex(asker))
          const signer = await recoverMessageAddress({ message: { raw }, signature: toHex(sig) }).catch(
            () => undefined,
          )
          if (signer !== asker) throw new ConnectError('authentication failed', Code.Unknown)
          askers.push(asker)
          if (behaviour === 'hangs') {
            await once(signal, 'abort')
            return {}
          }
          if ('refuses' in behaviour) throw new ConnectError(behaviour.refuses, Code.Unknown)
          return 'sends' in behaviour ? {} : behaviour
        },
      }),
  })
  const server = createSecureServer(
    { key: read('orchestrator-key.pem'), cert: read('orchestrator-cert.pem') },
    (request, response) => {
      if (typeof behaviour === 'object' && 'sends' in behaviour) {
        response.writeHead(200, { 'content-type': 'application/grpc+proto' })
        response.end(behaviour.sends)
      } else rpc(request, response)
    },
  )
  const sessions = new Set<ServerHttp2Session>()
  server.on('session', (session) => sessions.add(session))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    askers,
    async stop() {
      for (const session of sessions) session.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
