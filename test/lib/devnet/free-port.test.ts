import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'

import { findFreePort, probePort } from '../../../src/lib/devnet/free-port.ts'

describe('ports', () => {
  it('finds one that is free', async () => {
    assert.equal(await probePort(await findFreePort()), 'free')
  })

  it('sees that one is taken, on the loopback interface or on all', async () => {
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      const port = await findFreePort()
      const server = createServer().listen(port, host)
      await once(server, 'listening')
      assert.equal(await probePort(port), 'taken')
      server.close()
    }
  })
})
