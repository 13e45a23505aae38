import type { Address, Hex } from 'viem'

import type { Connection } from '../contracts/connect.ts'
import type { JournalEntry } from '../tx/journal-entry.ts'
import { hashOf } from '../tx/journal-entry.ts'
import type { Preview } from '../tx/preview.ts'
import type { Receipt } from '../tx/receipt.ts'
import { previewOperation, runOperation } from '../tx/run-operation.ts'
import type { RunOptions } from '../tx/run-operation.ts'
import { toSafeFile, toUnsigned } from '../tx/unsigned.ts'
import type { SafeFile, UnsignedTransaction } from '../tx/unsigned.ts'
import { decodeBrokerEvents } from './broker-events.ts'
import type { BrokerEvent } from './broker-events.ts'
import { holdingsOf } from './operations/sender-operation.ts'
import type { Holdings, SenderEffect, SenderOperation } from './operations/sender-operation.ts'
import { readSender } from './read-sender.ts'

export type SenderPreview = Preview<SenderEffect>

/** A mined transaction. */
export interface TransactionReport {
  readonly hash: Hex
  readonly nonce: number
  readonly blockNumber: bigint
  readonly gasUsed: bigint
  readonly feeWei: bigint
}

/** What became of a request that changes a sender's account. */
export interface SendResult {
  readonly operation: string
  readonly outcome: 'sent' | 'sentByEarlierRun' | 'nothingToDo' | 'dryRun' | 'unsigned'
  readonly network: string
  readonly from: Address
  /** The sender before the transaction; null when an earlier run sent it. */
  readonly before: Holdings | null
  /** The sender as read afterwards; in a dry run, as it is expected to be. */
  readonly after: Holdings | null
  /** What the contract's events say. */
  readonly events: readonly BrokerEvent[]
  readonly transaction: TransactionReport | null
  readonly preview: PreviewReport | null
  readonly unsigned: UnsignedTransaction | SafeFile | null
}

/** What a transaction would cost. */
export interface PreviewReport {
  readonly summary: string
  readonly cautions: readonly string[]
  readonly to: Address
  readonly data: Hex
  readonly valueWei: bigint
  readonly nonce: number
  readonly gasEstimate: bigint
  readonly gasLimit: bigint
  readonly maxFeePerGasWei: bigint
  readonly expectedFeeWei: bigint
  readonly maxCostWei: bigint
}

/** Sends a sender operation and reports what the chain says that it did. */
export async function send(
  operation: SenderOperation,
  sender: Address,
  options: RunOptions<SenderEffect>,
): Promise<{ result: SendResult; reported: () => Promise<void> }> {
  let planned: SenderPreview | undefined
  const ended = await runOperation(operation, {
    ...options,
    confirm: (preview) => options.confirm((planned = preview)),
  })
  const common = { ...emptyResult(operation, options), before: planned?.effect.before ?? null }
  if (ended.kind === 'nothingToDo') {
    const holdings = holdingsOf(ended.state)
    return {
      result: { ...common, outcome: 'nothingToDo', before: holdings, after: holdings },
      reported: () => Promise.resolve(),
    }
  }
  const { entry, receipt, byEarlierRun, reported } = ended
  const after = holdingsOf(await readSender(options.connection, sender))
  return {
    result: {
      ...common,
      outcome: byEarlierRun ? 'sentByEarlierRun' : 'sent',
      after,
      events: decodeBrokerEvents(options.connection.contracts.TicketBroker, receipt.logs),
      transaction: reportTransaction(entry, receipt),
    },
    reported,
  }
}

/** Simulates and prices a sender operation; with `form`, also writes the transaction down for another signer. */
export async function prepare(
  operation: SenderOperation,
  options: Pick<RunOptions<SenderEffect>, 'connection' | 'from' | 'dataFolder' | 'feeLimit'>,
  form?: 'transaction' | 'safe',
): Promise<{ result: SendResult; unsettled: readonly JournalEntry[] }> {
  const { state, preview, unsettled } = await previewOperation(operation, options)
  const common = emptyResult(operation, options)
  if (preview === undefined) {
    const holdings = holdingsOf(state)
    return { result: { ...common, outcome: 'nothingToDo', before: holdings, after: holdings }, unsettled }
  }
  const { chainId } = options.connection.network
  return {
    result: {
      ...common,
      outcome: form === undefined ? 'dryRun' : 'unsigned',
      before: preview.effect.before,
      after: preview.effect.after,
      preview: reportPreview(preview),
      unsigned:
        form === undefined
          ? null
          : form === 'safe'
            ? toSafeFile(preview, chainId)
            : toUnsigned(preview, chainId),
    },
    unsettled,
  }
}

function emptyResult(
  operation: SenderOperation,
  { connection, from }: { readonly connection: Connection; readonly from: Address },
): Omit<SendResult, 'outcome'> {
  return {
    operation: operation.name,
    network: connection.network.name,
    from,
    before: null,
    after: null,
    events: [],
    transaction: null,
    preview: null,
    unsigned: null,
  }
}

export function reportPreview(preview: SenderPreview): PreviewReport {
  const { call, effect, cautions, nonce, gasEstimate, gasLimit, maxFeePerGas, expectedFeeWei, maxCostWei } =
    preview
  return {
    summary: effect.summary,
    cautions,
    to: call.to,
    data: call.data,
    valueWei: call.value,
    nonce,
    gasEstimate,
    gasLimit,
    maxFeePerGasWei: maxFeePerGas,
    expectedFeeWei,
    maxCostWei,
  }
}

function reportTransaction(entry: JournalEntry, receipt: Receipt): TransactionReport {
  return {
    hash: hashOf(entry),
    nonce: entry.nonce,
    blockNumber: receipt.blockNumber,
    gasUsed: receipt.gasUsed,
    feeWei: receipt.gasUsed * receipt.effectiveGasPrice,
  }
}
