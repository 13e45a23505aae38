import type { Address, Hex } from 'viem'

import type { Connection } from '../contracts/connect.ts'
import type { JournalEntry } from './journal-entry.ts'
import { hashOf } from './journal-entry.ts'
import type { Operation } from './operation.ts'
import type { Preview } from './preview.ts'
import type { Log, Receipt } from './receipt.ts'
import { previewOperation, runOperation } from './run-operation.ts'
import type { RunOptions } from './run-operation.ts'
import { toSafeFile, toUnsigned } from './unsigned.ts'
import type { SafeFile, UnsignedTransaction } from './unsigned.ts'

/** What an operation does to an account's holdings, in words and in figures. */
export interface HoldingsChange<Holdings> {
  readonly summary: string
  readonly before: Holdings
  readonly after: Holdings
}

/** An operation that can tell what it changes, before and after. */
export interface AccountOperation<State, Holdings, Event> extends Operation<State, HoldingsChange<Holdings>> {
  holdings(state: State): Holdings
  /** What the contracts say that the transaction did. */
  events(logs: readonly Log[]): readonly Event[]
}

/** A mined transaction. */
export interface TransactionReport {
  readonly hash: Hex
  readonly nonce: number
  readonly blockNumber: bigint
  readonly gasUsed: bigint
  readonly feeWei: bigint
}

/** What became of a request that changes an account's holdings. */
export interface SendReport<Holdings, Event> {
  readonly operation: string
  readonly outcome: 'sent' | 'sentByEarlierRun' | 'nothingToDo' | 'dryRun' | 'unsigned'
  readonly network: string
  readonly from: Address
  /** As they were before the transaction; null when an earlier run sent it. */
  readonly before: Holdings | null
  /** As read afterwards; in a dry run, as they are expected to be. */
  readonly after: Holdings | null
  /** What the contract's events say. */
  readonly events: readonly Event[]
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

/** Sends an operation and reports what the chain says that it did. */
export async function send<State, Holdings, Event>(
  operation: AccountOperation<State, Holdings, Event>,
  options: RunOptions<HoldingsChange<Holdings>>,
): Promise<{ result: SendReport<Holdings, Event>; reported: () => Promise<void> }> {
  let planned: Preview<HoldingsChange<Holdings>> | undefined
  const ended = await runOperation(operation, {
    ...options,
    confirm: (preview) => options.confirm((planned = preview)),
  })
  const common = { ...emptyReport(operation, options), before: planned?.effect.before ?? null }
  if (ended.kind === 'nothingToDo') {
    const holdings = operation.holdings(ended.state)
    return {
      result: { ...common, outcome: 'nothingToDo', before: holdings, after: holdings },
      reported: () => Promise.resolve(),
    }
  }
  const { entry, receipt, byEarlierRun, reported } = ended
  return {
    result: {
      ...common,
      outcome: byEarlierRun ? 'sentByEarlierRun' : 'sent',
      after: operation.holdings(await operation.read()),
      events: operation.events(receipt.logs),
      transaction: reportTransaction(entry, receipt),
    },
    reported,
  }
}

/** Simulates and prices an operation; with `form`, also writes the transaction down for another signer. */
export async function prepare<State, Holdings, Event>(
  operation: AccountOperation<State, Holdings, Event>,
  options: Pick<RunOptions<HoldingsChange<Holdings>>, 'connection' | 'from' | 'dataFolder' | 'feeLimit'>,
  form?: 'transaction' | 'safe',
): Promise<{ result: SendReport<Holdings, Event>; unsettled: readonly JournalEntry[] }> {
  const { state, preview, unsettled } = await previewOperation(operation, options)
  const common = emptyReport(operation, options)
  if (preview === undefined) {
    const holdings = operation.holdings(state)
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

function emptyReport(
  operation: { readonly name: string },
  { connection, from }: { readonly connection: Connection; readonly from: Address },
) {
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

export function reportPreview(preview: Preview<HoldingsChange<unknown>>): PreviewReport {
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
