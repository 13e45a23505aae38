import assert from 'node:assert/strict'

import { useTestDevnet } from '../helpers/devnet.ts'
import { runShell } from '../helpers/run-cli.ts'
import { gateway } from '../helpers/sender-fixture.ts'
import { nonceOf } from '../lib/sender/on-chain.ts'

describe('lp-pay deposit without room for the journal', () => {
  const chain = useTestDevnet()

  it('sends nothing, and says why', async () => {
    const nonce = await nonceOf(chain, gateway.address)
    // Files of 512 bytes have room for the lock of the account, and not for a signed transaction.
    const { code, stdout, stderr } = await runShell('ulimit -f 1\nlp-pay deposit 0.1 --yes --quiet', {
      env: { LP_PAY_NETWORK: 'devnet', LP_PAY_RPC_URL: chain.rpcUrl },
    })
    assert.deepEqual([code, stdout], [4, ''], stderr)
    assert.match(stderr, /error: .*journal.* cannot be written .*the disk has space left/)
    assert.equal(await nonceOf(chain, gateway.address), nonce)
  })
})
