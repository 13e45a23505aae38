import type { Signer } from '../account/signer.ts'
import type { Rpc } from '../chain/rpc.ts'
import type { Fees } from './fees.ts'
import { lastAttempt } from './journal-entry.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { Journal } from './journal.ts'
import { signAttempt } from './sign-and-broadcast.ts'
import type { OnSigned } from './sign-and-broadcast.ts'
import type { OnStep } from './steps.ts'

/**
 * Signs the same call under the same nonce at other fees. The new attempt joins the old ones on disk before it is sent:
 * whichever is mined settles the entry. The caller holds the account's lock and has read the entry inside it.
 */
export async function replaceAttempt(parts: {
  readonly rpc: Rpc
  readonly journal: Journal
  readonly entry: JournalEntry
  readonly signer: Signer
  readonly fees: Fees
  readonly onSigned?: OnSigned | undefined
  readonly onStep?: OnStep | undefined
}): Promise<JournalEntry> {
  const { rpc, journal, entry, signer, fees, onSigned, onStep } = parts
  const { chainId, nonce, call } = entry
  onStep?.({ name: 'sign' })
  const attempt = await signAttempt(signer, chainId, nonce, call, lastAttempt(entry).gas, fees)
  await onSigned?.({ nonce, hash: attempt.hash, signed: attempt.signed })
  const replaced: JournalEntry = { ...entry, attempts: [...entry.attempts, attempt] }
  onStep?.({ name: 'journal', hash: attempt.hash })
  await journal.write(replaced)
  onStep?.({ name: 'broadcast', hash: attempt.hash })
  await rpc.sendRawTransaction(attempt.signed)
  return replaced
}
