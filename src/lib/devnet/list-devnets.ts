import { resolve } from 'node:path'

import { describeProcess, lookUpDevnet, recordedPorts, removeFolder } from './devnet-record.ts'
import type { DevnetProcess } from './devnet-record.ts'

export interface ListedDevnet extends DevnetProcess {
  readonly state: 'running' | 'starting' | 'dead'
}

/** The devnets recorded in a state folder, by port. What dead ones have left is removed: they are listed once. */
export async function listDevnets({
  stateFolder: folder,
}: {
  readonly stateFolder: string
}): Promise<ListedDevnet[]> {
  const stateFolder = resolve(folder)
  const listed: ListedDevnet[] = []
  for (const port of await recordedPorts(stateFolder)) {
    const { state, record } = await lookUpDevnet(stateFolder, port)
    if (state === 'dead') await removeFolder(stateFolder, port, record)
    if (state !== 'none' && record !== undefined)
      listed.push({ ...describeProcess(stateFolder, record), state })
  }
  return listed
}
