import { resolve } from 'node:path'

import { PreconditionError } from '../errors.ts'
import { endProcess } from './anvil-process.ts'
import { describeProcess, lookUpDevnet, removeFolder } from './devnet-record.ts'
import type { DevnetProcess } from './devnet-record.ts'

export interface StopDevnetOptions {
  readonly port: number
  readonly stateFolder: string
}

/**
 * Ends the devnet recorded for a port and removes all it has on disk.
 *
 * @throws {PreconditionError} DEVNET_NOT_RUNNING, DEVNET_STARTING, DEVNET_STOP_FAILED
 */
export async function stopDevnet({ port, stateFolder: folder }: StopDevnetOptions): Promise<DevnetProcess> {
  const stateFolder = resolve(folder)
  const { state, record } = await lookUpDevnet(stateFolder, port)
  const details = { port }
  if (state === 'starting') {
    throw new PreconditionError(
      'DEVNET_STARTING',
      `the devnet on port ${String(port)} is still being started`,
      {
        details,
        nextSteps: ['wait until it is ready, or stop the command that starts it'],
      },
    )
  }
  if (state === 'running' && record?.anvil !== undefined && !(await endProcess(record.anvil))) {
    throw new PreconditionError('DEVNET_STOP_FAILED', `process ${String(record.anvil.pid)} does not end`, {
      details: { ...details, pid: record.anvil.pid },
      nextSteps: ['stop it as the user who started it'],
    })
  }
  if (state !== 'none') await removeFolder(stateFolder, port, record)
  if (state === 'running' && record !== undefined) return describeProcess(stateFolder, record)
  throw new PreconditionError('DEVNET_NOT_RUNNING', `no devnet runs on port ${String(port)}`, {
    details,
    nextSteps: ['start one: lp-pay devnet up'],
  })
}
