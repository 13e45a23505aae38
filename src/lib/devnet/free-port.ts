import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

const loopback = '127.0.0.1'

/** A TCP port of the loopback interface that nothing used a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  return await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, loopback, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => {
        resolve(port)
      })
    })
  })
}

/**
 * Whether a port of the loopback interface is free, taken, or closed to this user.
 *
 * Connecting comes first: some systems let a second process listen on 127.0.0.1 beside one that listens everywhere.
 */
export async function probePort(port: number): Promise<'free' | 'taken' | 'forbidden'> {
  return (await accepts(port)) ? 'taken' : await listens(port)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, loopback)
    const end = (accepted: boolean) => {
      socket.destroy()
      resolve(accepted)
    }
    socket.once('connect', () => {
      end(true)
    })
    socket.once('error', () => {
      end(false)
    })
  })
}

function listens(port: number): Promise<'free' | 'taken' | 'forbidden'> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'EACCES' ? 'forbidden' : 'taken')
    })
    server.listen(port, loopback, () => {
      server.close(() => {
        resolve('free')
      })
    })
  })
}
