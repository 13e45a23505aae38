import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ScriptedServer {
  readonly url: string
  /** Bodies received. */
  readonly bodies: readonly string[]
  readonly headers: readonly IncomingMessage['headers'][]
  /** TCP connections accepted. */
  readonly connections: number
  stop(): Promise<void>
}

export type Script = (response: ServerResponse, body: string, request: IncomingMessage) => void

/** An HTTP server on loopback that answers as a test says. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const bodies: string[] = []
  const headers: IncomingMessage['headers'][] = []
  let connections = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      bodies.push(body)
      headers.push(request.headers)
      script(response, body, request)
    })
  })
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    headers,
    get connections() {
      return connections
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** A loopback URL where nothing listens. */
export async function refusingUrl(): Promise<string> {
  const server = await startScriptedServer(() => undefined)
  await server.stop()
  return server.url
}
