import type { Address, Hex } from 'viem'

import { malformed } from '../../chain/quantity.ts'
import type { Connection } from '../../contracts/connect.ts'
import { callProbe } from './call-probe.ts'

/** What is to be read; answers come in the same order. */
export interface ManyQuestions {
  /** Ticket hashes. */
  readonly hashes: readonly Hex[]
  readonly rounds: readonly bigint[]
  readonly senders: readonly Address[]
  readonly recipients: readonly Address[]
  readonly pairs: readonly { readonly sender: Address; readonly recipient: Address }[]
}

export interface ManyAnswers {
  readonly used: readonly boolean[]
  readonly blockHashes: readonly Hex[]
  readonly senders: readonly { readonly deposit: bigint; readonly withdrawRound: bigint }[]
  readonly recipients: readonly { readonly active: boolean; readonly lastFeeRound: bigint }[]
  /** wei */
  readonly claimable: readonly bigint[]
}

/** How many are asked about in one call: at most 11 million gas, where nodes allow 50, and 130 KB of JSON. */
const perCall = { hashes: 2000, rounds: 500, senders: 500, recipients: 250, pairs: 500 }
/** How many calls share a round trip, so that a request stays small enough for any provider. */
const callsPerRoundTrip = 5

/**
 * Reads much of the Livepeer contracts as of one block, in few round trips.
 *
 * @throws {RpcUnavailableError} RPC_WITHOUT_OVERRIDE
 */
export async function readMany(
  { rpc, contracts }: Connection,
  block: bigint,
  questions: ManyQuestions,
): Promise<ManyAnswers> {
  const { TicketBroker, BondingManager, RoundsManager } = contracts
  const senders = inChunks(questions.senders, perCall.senders, (chunk) =>
    callProbe(rpc, 'sendersOf', [TicketBroker, chunk], block),
  )
  const recipients = inChunks(questions.recipients, perCall.recipients, (chunk) =>
    callProbe(rpc, 'recipientsOf', [BondingManager, chunk], block),
  )
  const claimable = inChunks(questions.pairs, perCall.pairs, (chunk) => {
    const holders = chunk.map(({ sender }) => sender)
    const claimants = chunk.map(({ recipient }) => recipient)
    return callProbe(rpc, 'claimableReserves', [TicketBroker, holders, claimants], block)
  })
  const blockHashes = inChunks(questions.rounds, perCall.rounds, (chunk) =>
    callProbe(rpc, 'blockHashesForRounds', [RoundsManager, chunk], block),
  )
  const used = inChunks(questions.hashes, perCall.hashes, (chunk) =>
    callProbe(rpc, 'usedTickets', [TicketBroker, chunk], block),
  )
  const calls = [senders, recipients, claimable, blockHashes, used].flatMap((question) => question.calls)
  for (const group of chunksOf(calls, callsPerRoundTrip)) await Promise.all(group.map((call) => call()))
  return {
    used: used.answers(),
    blockHashes: blockHashes.answers(),
    senders: senders.answers(),
    recipients: recipients.answers(),
    claimable: claimable.answers(),
  }
}

/** The calls that a question takes, not yet made, and its answers once they are. */
function inChunks<Question, Answer>(
  questions: readonly Question[],
  size: number,
  ask: (chunk: readonly Question[]) => Promise<readonly Answer[]>,
): { readonly calls: readonly (() => Promise<void>)[]; readonly answers: () => readonly Answer[] } {
  const answers: (readonly Answer[])[] = []
  const calls = chunksOf(questions, size).map((chunk, index) => async () => {
    const answer = await ask(chunk)
    if (answer.length !== chunk.length) throw malformed()
    answers[index] = answer
  })
  return { calls, answers: () => answers.flat() }
}

function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
