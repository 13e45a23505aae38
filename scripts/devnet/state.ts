import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { zeroHash } from 'viem'
import type { Hex } from 'viem'

import type { DevnetRpc } from '../../src/lib/devnet/json-rpc.ts'
import { snapshotName } from '../../src/lib/devnet/rules.ts'
import type { DevnetRules } from '../../src/lib/devnet/rules.ts'

const snapshotFolder = join(import.meta.dirname, '..', '..', 'dist', 'devnet')
const historyContract = '0x0000f90827f1c53a10cb7a02335b175320002935'

interface State {
  readonly block: Readonly<Record<string, unknown>>
  readonly accounts: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly blocks: readonly { readonly header: Readonly<Record<string, unknown>> }[]
}

export async function dumpState(rpc: DevnetRpc): Promise<State> {
  const dump = (await rpc.request('anvil_dumpState')) as Hex
  return JSON.parse(gunzipSync(Buffer.from(dump.slice(2), 'hex')).toString('utf8')) as State
}

/** Keeps what the contracts hold and makes it the state of block 0: nothing needs the blocks of the deployment. */
export function trim(state: State): object {
  const genesis = state.blocks.find(({ header }) => header['number'] === '0x0')
  const history = state.accounts[historyContract]
  if (genesis === undefined) throw new Error('the dump lacks block 0')
  return {
    block: { ...state.block, number: '0x0', basefee: 1_000_000_000, prevrandao: zeroHash },
    accounts: { ...state.accounts, ...(history && { [historyContract]: { ...history, storage: {} } }) },
    best_block_number: 0,
    blocks: [genesis],
    transactions: [],
    historical_states: null,
  }
}

export function writeSnapshot(rules: DevnetRules, state: object): void {
  mkdirSync(snapshotFolder, { recursive: true })
  const snapshotPath = join(snapshotFolder, snapshotName(rules))
  const temporary = `${snapshotPath}.${String(process.pid)}`
  writeFileSync(temporary, gzipSync(JSON.stringify(state), { level: 9 }))
  renameSync(temporary, snapshotPath)
}
