/**
 * lp-pay as a library: the payment maths and the contract calls behind the commands. Nothing here prints, asks or ends
 * the process. Amounts are bigint wei.
 */
export { createAccount, importKeystore, importPrivateKey } from './account/new-account.ts'
export { findAccount, listAccounts } from './account/keystore-folder.ts'
export { openAccount } from './account/open-account.ts'
export { localSigner } from './account/signer.ts'
export type { Signer } from './account/signer.ts'
export { arbitrumOne } from './chain/network.ts'
export type { ContractName, Network } from './chain/network.ts'
export { connect } from './contracts/connect.ts'
export type { Connection, ConnectOptions } from './contracts/connect.ts'
export { readContract } from './contracts/read-contract.ts'
export type { Contracts } from './contracts/resolve-contracts.ts'
export { devnet } from './devnet/network.ts'
export * from './errors.ts'
export { reserveAlloc } from './pm/reserve-alloc.ts'
export type { ReserveShare } from './pm/reserve-alloc.ts'
export {
  defaultTicketEvWei,
  evMultiplier,
  faceValue,
  redeemGas,
  txCostMultiplier,
} from './pm/ticket-parameters.ts'
export type { FaceValue, FaceValueInputs } from './pm/ticket-parameters.ts'
export { readRound, secondsUntilRound } from './rounds/read-round.ts'
export type { Round } from './rounds/read-round.ts'
export { judgeAcceptance } from './sender/acceptance.ts'
export type { Acceptance, AcceptanceReason } from './sender/acceptance.ts'
export { cancelUnlockOperation } from './sender/operations/cancel-unlock.ts'
export { fundOperation } from './sender/operations/fund.ts'
export type { Funding, FundRequest } from './sender/operations/fund.ts'
export type {
  Holdings,
  SenderEffect,
  SenderOperation,
  SendResult,
} from './sender/operations/sender-operation.ts'
export { unlockOperation } from './sender/operations/unlock.ts'
export { withdrawOperation } from './sender/operations/withdraw.ts'
export { phaseOf } from './sender/phase.ts'
export type { Phase } from './sender/phase.ts'
export { readSender } from './sender/read-sender.ts'
export type { SenderState } from './sender/read-sender.ts'
export { prepare, send } from './tx/send.ts'
export type { AccountOperation, SendReport } from './tx/send.ts'
export { senderStatus } from './sender/status.ts'
export type { SenderStatus } from './sender/status.ts'
export type { RunOptions } from './tx/run-operation.ts'
export { formatWei, parseWei } from './units/wei.ts'
