import { describeDevnet } from './describe-devnet.ts'
import type { DevnetDescription } from './describe-devnet.ts'
import type { DevnetProcess } from './devnet-record.ts'
import type { DevnetRules } from './rules.ts'

/** A running devnet: its process, its round and its accounts. */
export interface DevnetReport extends DevnetDescription {
  readonly port: number
  readonly rpcUrl: string
  readonly pid: number
  /** Whose rules the TicketBroker follows: those of 2022, or mainnet's since July 2026. */
  readonly rules: DevnetRules
  /** ISO 8601 */
  readonly startedAt: string
}

export async function reportDevnet(devnet: DevnetProcess): Promise<DevnetReport> {
  const { port, rpcUrl, pid, rules, startedAt } = devnet
  return { port, rpcUrl, pid, rules, startedAt, ...(await describeDevnet({ rpcUrl })) }
}
