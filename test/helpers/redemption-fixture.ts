import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hex } from 'viem'

import { localSigner } from '../../src/lib/account/signer.ts'
import { connect } from '../../src/lib/contracts/connect.ts'
import type { Connection } from '../../src/lib/contracts/connect.ts'
import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { devnet, devnetContracts } from '../../src/lib/devnet/network.ts'
import { ticketHash } from '../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../src/lib/pm/ticket.ts'
import { defaultPlanOptions } from '../../src/lib/redemption/plan/plan-redemption.ts'
import { allTickets } from '../../src/lib/redemption/redeem-choice.ts'
import type { RedeemContext } from '../../src/lib/redemption/redeem-context.ts'
import type { RedeemEvent } from '../../src/lib/redemption/redeem-events.ts'
import { redeem } from '../../src/lib/redemption/redeem.ts'
import type { RedeemEnd, RedeemRequest } from '../../src/lib/redemption/redeem.ts'
import { decodeRedemptions } from '../../src/lib/redemption/onchain/redemption-events.ts'
import type { Redemption } from '../../src/lib/redemption/onchain/redemption-events.ts'
import { thisRedeemer } from '../../src/lib/redemption/redeemer.ts'
import { openStore } from '../../src/lib/store/open-store.ts'
import type { StoredTicket, TicketState, TicketStore } from '../../src/lib/store/ticket-store.ts'
import type { Log } from '../../src/lib/tx/receipt.ts'
import type { TestDevnet } from './devnet.ts'

/** Pays the gas in tests: an account that is neither sender nor recipient. */
export const payer = devnetAccounts[2]
export const otherPayer = devnetAccounts[6]

/** A redeemer with a connection, a store and a data folder of its own. */
export interface RedemptionFixture {
  readonly connection: Connection
  readonly store: TicketStore
  /** The file of the store. */
  readonly storeFile: string
  readonly context: RedeemContext
  readonly events: readonly RedeemEvent[]
  add(tickets: readonly SignedTicket[]): Promise<Hex[]>
  redeem(context?: Partial<RedeemContext>, request?: Partial<RedeemRequest>): Promise<RedeemEnd>
  /** How many tickets are in each state. */
  states(): Promise<Partial<Record<TicketState, number>>>
  tickets(): Promise<StoredTicket[]>
  close(): Promise<void>
}

export interface RedemptionFixtureOptions {
  /** A store that another fixture has made. */
  readonly storeFile?: string
  readonly account?: (typeof devnetAccounts)[number]
}

export async function makeRedemptionFixture(
  rpcUrl: string,
  { storeFile, account = payer }: RedemptionFixtureOptions = {},
): Promise<RedemptionFixture> {
  const connection = await connect({ network: devnet, urls: [rpcUrl] })
  const dataFolder = await mkdtemp(join(tmpdir(), 'lp-pay-data-'))
  const file = storeFile ?? join(dataFolder, 'tickets.sqlite3')
  const store = await openStore(file)
  const events: RedeemEvent[] = []
  const context: RedeemContext = {
    connection,
    store,
    dataFolder,
    payer: { address: account.address, signer: () => localSigner(account.privateKey) },
    holder: thisRedeemer(),
    confirmations: 1,
    timeoutMs: 20_000,
    onEvent: (event) => events.push(event),
  }
  const tickets = async () => {
    const all: StoredTicket[] = []
    for await (const ticket of store.list()) all.push(ticket)
    return all
  }
  return {
    connection,
    store,
    storeFile: file,
    context,
    events,
    async add(signed) {
      const found = signed.map((ticket) => ({ hash: ticketHash(ticket), ticket }))
      await store.add(found)
      return found.map(({ hash }) => hash)
    },
    redeem: (changes, request) => redeem({ ...context, ...changes }, { ...redeemAll, ...request }),
    async states() {
      const counts: Partial<Record<TicketState, number>> = {}
      for (const { state } of await tickets()) counts[state] = (counts[state] ?? 0) + 1
      return counts
    },
    tickets,
    async close() {
      connection.rpc.close()
      await store.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** A payer whose key does something before each signature: after the last look at the chain, before the bytes are sent. */
export function interferingPayer(
  interfere: (signature: number) => Promise<void>,
  account: (typeof devnetAccounts)[number] = payer,
): RedeemContext['payer'] {
  let signatures = 0
  return {
    address: account.address,
    async signer() {
      const signer = await localSigner(account.privateKey)
      return {
        ...signer,
        async signTransaction(transaction) {
          await interfere(++signatures)
          return signer.signTransaction(transaction)
        },
      }
    },
  }
}

/** A store that does something before each claim: between two batches. */
export function interferingStore(
  store: TicketStore,
  interfere: (claim: number) => Promise<void>,
): TicketStore {
  let claims = 0
  return {
    ...store,
    async claim(request) {
      await interfere(++claims)
      return store.claim(request)
    },
  }
}

/** Everything that pays, without a question. */
export const redeemAll: RedeemRequest = {
  choice: allTickets,
  planOptions: defaultPlanOptions,
  confirm: () => Promise.resolve(),
  holdToPreview: false,
}

/** All redemptions that the chain's events tell of. */
export async function redemptionsOnChain(chain: Pick<TestDevnet, 'rpc'>): Promise<readonly Redemption[]> {
  const filter = { fromBlock: '0x0', toBlock: 'latest', address: devnetContracts.TicketBroker }
  const logs = (await chain.rpc('eth_getLogs', [filter])) as Log[]
  return decodeRedemptions(devnetContracts.TicketBroker, logs)
}

/** Holds the chain, the store and a report against each other: every redemption once, and paid in full. */
export async function assertAgreement(chain: Pick<TestDevnet, 'rpc'>, store: TicketStore): Promise<void> {
  const onChain = await redemptionsOnChain(chain)
  for (const { hash, paidWei, faceValueWei } of onChain) {
    assert.equal(paidWei, faceValueWei, `${hash} was burned for less than its face value`)
  }
  const paidOnChain = new Map(onChain.map(({ hash, paidWei }) => [hash, paidWei]))
  assert.equal(paidOnChain.size, onChain.length, 'a ticket was redeemed twice')
  for await (const { hash, state, paidWei } of store.list()) {
    const isRedeemed = state === 'final' || state === 'usedElsewhere'
    assert.deepEqual([hash, isRedeemed ? paidWei : undefined], [hash, paidOnChain.get(hash)], state)
  }
}
