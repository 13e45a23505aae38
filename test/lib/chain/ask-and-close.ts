/** Run by a test as a process: uses a pool in some way, closes it, and must then end by itself. */
import { createRpcPool } from '../../../src/lib/chain/rpc-pool.ts'
import { chainId, controller } from './bare-anvil.ts'

const [, , way, ...urls] = process.argv
const rpc = createRpcPool({ urls, chainId, controller, networkName: 'testnet' })
if (way === 'answered') {
  process.stdout.write(String(await rpc.request('eth_chainId')))
  rpc.close()
} else {
  const asked = rpc.request('eth_chainId').catch((error: unknown) => (error as { code: string }).code)
  setTimeout(() => rpc.close(), 100)
  process.stdout.write(String(await asked))
}
