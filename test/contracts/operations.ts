import fc from 'fast-check'
import { encodeFunctionData, parseEther, zeroAddress, zeroHash } from 'viem'
import type { Address } from 'viem'

import { ticketBrokerAbi } from '../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import type { DevnetAccount } from '../../src/lib/devnet/accounts.ts'
import type { SignedTicket } from '../../src/lib/pm/ticket.ts'
import type { TestDevnet } from '../helpers/devnet.ts'
import { makeSignedTicket } from '../helpers/make-signed-ticket.ts'
import { brokerCall, fundingFor, joining, leaving, redemption, roundHash } from './broker-chain.ts'
import type { Call } from './broker-chain.ts'
import { cutShort, inCompactForm, withHighS, withSmallV } from './broken-signatures.ts'

const [deployer, gateway, otherGateway, first, second, third, inactive] = devnetAccounts

export const senders: readonly DevnetAccount[] = [gateway, otherGateway]
export const orchestrators: readonly DevnetAccount[] = [first, second, third, inactive]
/** Pays for redemptions and funds others. */
export const stranger = deployer.address
export const unregistered: Address = '0x00000000000000000000000000000000000000aa'
export const recipients: readonly Address[] = [...orchestrators.map(({ address }) => address), unregistered]

const flaws = {
  none: (ticket: SignedTicket) => ticket,
  compact: inCompactForm,
  short: cutShort,
  highS: withHighS,
  smallV: withSmallV,
  otherSigner: ({ sender, ...ticket }: SignedTicket) => ({
    ...ticket,
    sender: sender === gateway.address ? otherGateway.address : gateway.address,
  }),
  otherRand: (ticket: SignedTicket) => ({ ...ticket, recipientRand: ticket.recipientRand + 1n }),
  noRecipient: (ticket: SignedTicket) => ({ ...ticket, recipient: zeroAddress }),
  noSender: (ticket: SignedTicket) => ({ ...ticket, sender: zeroAddress }),
  noRound: (ticket: SignedTicket) => ({ ...ticket, creationRound: 0n, creationRoundBlockHash: zeroHash }),
  otherRoundHash: (ticket: SignedTicket) => ({ ...ticket, creationRoundBlockHash: roundHash(7n) }),
} as const

/** What a ticket is to be; the same plan in the same round is the same ticket. */
export interface TicketPlan {
  readonly sender: DevnetAccount
  readonly recipient: Address
  readonly faceValue: bigint
  readonly winProb: bigint
  readonly senderNonce: bigint
  /** How many rounds ago it was created; the next round's is -1. */
  readonly age: bigint
  readonly flaw: keyof typeof flaws
}

/** Something that is done to a broker. */
export type Operation =
  | {
      readonly kind: 'fund'
      readonly by: Address
      readonly sender: Address
      readonly depositWei: bigint
      readonly reserveWei: bigint
    }
  | { readonly kind: 'misfund'; readonly sender: Address }
  | { readonly kind: 'fundDeposit' | 'fundReserve'; readonly sender: Address; readonly wei: bigint }
  | { readonly kind: 'unlock' | 'cancelUnlock' | 'withdraw'; readonly sender: Address }
  | { readonly kind: 'redeem'; readonly plan: TicketPlan }
  | { readonly kind: 'batch'; readonly plans: readonly TicketPlan[] }
  | { readonly kind: 'join' | 'leave'; readonly orchestrator: Address }
  | { readonly kind: 'round'; readonly initialised: boolean }

export function ticketOf({ sender, age, flaw, ...fields }: TicketPlan, round: bigint): SignedTicket {
  const creationRound = round - age
  const creationRoundBlockHash = roundHash(creationRound)
  const { privateKey } = sender
  return flaws[flaw](makeSignedTicket({ ...fields, privateKey, creationRound, creationRoundBlockHash }))
}

/** The transaction of an operation that is one, and is not a batch. */
export async function callOf(
  operation: Exclude<Operation, { kind: 'round' | 'batch' }>,
  chain: TestDevnet,
  round: bigint,
): Promise<Call> {
  switch (operation.kind) {
    case 'fund':
      return fundingFor(operation.by, operation.sender, operation.depositWei, operation.reserveWei)
    case 'misfund':
      return { ...fundingFor(operation.sender, operation.sender, 2n, 3n), value: 4n }
    case 'fundDeposit':
    case 'fundReserve':
      return brokerCall(operation.sender, calling(operation.kind), operation.wei)
    case 'unlock':
    case 'cancelUnlock':
    case 'withdraw':
      return brokerCall(operation.sender, calling(operation.kind))
    case 'redeem':
      return redemption(stranger, ticketOf(operation.plan, round))
    case 'join':
      return joining(operation.orchestrator)
    case 'leave':
      return leaving(chain, operation.orchestrator)
  }
}

function calling(functionName: 'fundDeposit' | 'fundReserve' | 'unlock' | 'cancelUnlock' | 'withdraw') {
  return encodeFunctionData({ abi: ticketBrokerAbi, functionName })
}

const anySender = fc.constantFrom(...senders)
const anySenderAddress = anySender.map(({ address }) => address)
const anyFaceValue = fc
  .constantFrom('0', '0.01', '0.01', '0.04', '0.04', '0.15', '0.5', '2')
  .map((text) => parseEther(text))
const anyFunding = fc
  .constantFrom('0', '0.000000000000000001', '0.03', '0.1', '0.6')
  .map((text) => parseEther(text))

const anyFlaw = fc.oneof(
  { weight: 9, arbitrary: fc.constant<keyof typeof flaws>('none') },
  { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(flaws) as (keyof typeof flaws)[])) },
)

const anyPlan: fc.Arbitrary<TicketPlan> = fc.record({
  sender: anySender,
  recipient: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(first.address, first.address, second.address) },
    { weight: 1, arbitrary: fc.constantFrom(...recipients) },
  ),
  faceValue: anyFaceValue,
  winProb: fc.oneof(
    { weight: 20, arbitrary: fc.constant(2n ** 256n - 1n) },
    { weight: 1, arbitrary: fc.constantFrom(0n, 2n ** 255n) },
  ),
  senderNonce: fc.bigInt({ min: 0n, max: 1n }),
  age: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(0n, 1n) },
    { weight: 1, arbitrary: fc.constantFrom(-1n, 2n) },
  ),
  flaw: anyFlaw,
})

const anyOrchestrator = fc.constantFrom(third.address, inactive.address)
const kinds = <kind extends string>(...names: kind[]) => fc.constantFrom(...names)

const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: kinds('redeem'), plan: anyPlan }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kinds('batch'),
      plans: fc.array(anyPlan, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kinds('fund'),
      by: fc.oneof(anySenderAddress, fc.constant(stranger)),
      sender: anySenderAddress,
      depositWei: anyFunding,
      reserveWei: anyFunding,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kinds('fundDeposit', 'fundReserve'),
      sender: anySenderAddress,
      wei: anyFunding,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kinds('misfund', 'cancelUnlock'), sender: anySenderAddress }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: kinds('unlock', 'withdraw', 'withdraw'), sender: anySenderAddress }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kinds('join', 'leave'), orchestrator: anyOrchestrator }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kinds('round'),
      initialised: fc.constantFrom(true, true, true, true, true, false),
    }),
  },
)

/** What a sender has at first. */
const opening: readonly Operation[] = senders.map(({ address }) => ({
  kind: 'fund',
  by: address,
  sender: address,
  depositWei: parseEther('0.1'),
  reserveWei: parseEther('0.6'),
}))

export const anyOperations = fc
  .array(anyOperation, { minLength: 12, maxLength: 24 })
  .map((operations) => [...opening, ...operations])
