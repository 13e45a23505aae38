import { describeDevnet } from './describe-devnet.ts'
import type { DevnetDescription } from './describe-devnet.ts'
import type { DevnetProcess } from './devnet-record.ts'

/** A running devnet: its process, its round and its accounts. */
export interface DevnetReport extends DevnetDescription {
  readonly port: number
  readonly rpcUrl: string
  readonly pid: number
  /** ISO 8601 */
  readonly startedAt: string
}

export async function reportDevnet({ port, rpcUrl, pid, startedAt }: DevnetProcess): Promise<DevnetReport> {
  return { port, rpcUrl, pid, startedAt, ...(await describeDevnet({ rpcUrl })) }
}
