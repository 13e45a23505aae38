import { keccak256 } from 'viem'
import type { Hex } from 'viem'

import type { Signer } from '../account/signer.ts'
import type { Connection } from '../contracts/connect.ts'
import { PreconditionError } from '../errors.ts'
import { sanitize } from '../text/sanitize.ts'
import type { Fees } from './fees.ts'
import type { Attempt, JournalEntry } from './journal-entry.ts'
import type { Journal } from './journal.ts'
import type { Call, Operation } from './operation.ts'
import type { Preview } from './preview.ts'
import type { OnStep } from './steps.ts'

/**
 * Told of signed bytes before they are in the journal and before anything is sent; when it throws, they never are, and
 * the error is passed on.
 */
export type OnSigned = (attempt: {
  readonly nonce: number
  readonly hash: Hex
  readonly signed: Hex
}) => Promise<void>

/**
 * Signs, writes the bytes to the journal, and only then hands them to an RPC, once.
 *
 * @throws {PreconditionError} TRANSACTION_REFUSED the node has said that it will not take it
 */
export async function signAndBroadcast<State, Effect>(parts: {
  readonly connection: Connection
  readonly journal: Journal
  readonly signer: Signer
  readonly operation: Operation<State, Effect>
  readonly preview: Preview<Effect>
  readonly onSigned?: OnSigned
  readonly onStep?: OnStep
}): Promise<{ readonly entry: JournalEntry; readonly accepted: boolean }> {
  const { connection, journal, signer, operation, preview, onSigned, onStep } = parts
  onStep?.({ name: 'sign' })
  const attempt = await signAttempt(
    signer,
    connection.network.chainId,
    preview.nonce,
    preview.call,
    preview.gasLimit,
    preview,
  )
  await onSigned?.({ nonce: preview.nonce, hash: attempt.hash, signed: attempt.signed })
  const entry: JournalEntry = {
    version: 1,
    chainKey: connection.chainKey,
    chainId: connection.network.chainId,
    network: connection.network.name,
    from: preview.from,
    nonce: preview.nonce,
    operation: operation.name,
    requestKey: operation.requestKey,
    call: preview.call,
    attempts: [attempt],
    state: 'pending',
    reported: false,
  }
  onStep?.({ name: 'journal', hash: attempt.hash })
  await journal.write(entry)
  onStep?.({ name: 'broadcast', hash: attempt.hash })
  const outcome = await connection.rpc.sendRawTransaction(attempt.signed)
  if (
    outcome.kind === 'refused' &&
    (outcome.reason === 'underpriced' || outcome.reason === 'insufficientFunds')
  ) {
    await journal.write({ ...entry, state: 'refused', reported: true })
    throw new PreconditionError(
      'TRANSACTION_REFUSED',
      `the node refused the transaction: ${sanitize(outcome.message)}`,
      {
        details: { reason: outcome.reason, hash: attempt.hash },
        nextSteps: ['repeat the command: it reads the gas price and the balance afresh'],
      },
    )
  }
  return { entry, accepted: outcome.kind === 'accepted' }
}

export async function signAttempt(
  signer: Signer,
  chainId: number,
  nonce: number,
  call: Call,
  gas: bigint,
  { maxFeePerGas, maxPriorityFeePerGas }: Fees,
): Promise<Attempt> {
  const fees = { maxFeePerGas, maxPriorityFeePerGas }
  const signed = await signer.signTransaction({ ...call, ...fees, type: 'eip1559', chainId, nonce, gas })
  return { ...fees, hash: keccak256(signed), signed, gas, signedAt: new Date().toISOString() }
}
