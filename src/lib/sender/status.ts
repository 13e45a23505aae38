import type { Address } from 'viem'

import type { Connection } from '../contracts/connect.ts'
import { secondsUntilRound } from '../rounds/read-round.ts'
import { judgeAcceptance } from './acceptance.ts'
import type { AcceptanceReason } from './acceptance.ts'
import { phaseOf, secondsUntilWithdrawal } from './phase.ts'
import type { Phase } from './phase.ts'
import { readSender } from './read-sender.ts'

/** A sender's account as `lp-pay status` shows it. */
export interface SenderStatus {
  readonly network: string
  readonly address: Address
  readonly walletWei: bigint
  readonly depositWei: bigint
  readonly reserveWei: bigint
  /** What an orchestrator that has claimed nothing in this round could claim. */
  readonly claimableByOneOrchestratorWei: bigint
  readonly activeOrchestrators: bigint
  readonly phase: Phase
  /** From this round on the funds can be withdrawn; null unless unlocking or unlocked. */
  readonly withdrawRound: bigint | null
  /** Estimated; null unless unlocking. */
  readonly secondsUntilWithdrawal: number | null
  readonly round: {
    readonly current: bigint
    readonly initialized: boolean
    /** Estimated. */
    readonly secondsUntilNext: number
  }
  readonly gasPriceWei: bigint
  readonly paused: boolean
  readonly acceptance: {
    readonly accepted: boolean
    /** The face value that an orchestrator with default settings would offer. */
    readonly faceValueWei: bigint
    readonly reasons: readonly { readonly reason: AcceptanceReason; readonly explanation: string }[]
  }
}

/** Reads and judges a sender's account in one round trip. */
export async function senderStatus(connection: Connection, address: Address): Promise<SenderStatus> {
  const state = await readSender(connection, address)
  const { claimableWei, ...acceptance } = judgeAcceptance(state)
  const phase = phaseOf(state)
  const { current, initialized } = state.round
  return {
    network: connection.network.name,
    address,
    walletWei: state.walletWei,
    depositWei: state.depositWei,
    reserveWei: state.reserveWei,
    claimableByOneOrchestratorWei: claimableWei,
    activeOrchestrators: state.poolSize,
    phase,
    withdrawRound: phase === 'unlocking' || phase === 'unlocked' ? state.withdrawRound : null,
    secondsUntilWithdrawal: phase === 'unlocking' ? secondsUntilWithdrawal(state) : null,
    round: { current, initialized, secondsUntilNext: secondsUntilRound(state.round, current + 1n) },
    gasPriceWei: state.gasPriceWei,
    paused: connection.paused,
    acceptance,
  }
}
