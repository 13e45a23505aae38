import { join } from 'node:path'

import { localSigner } from '../account/signer.ts'
import type { Connection } from '../contracts/connect.ts'
import { devnetAccounts } from '../devnet/accounts.ts'
import { readFees } from '../fees/read-fees.ts'
import { withdrawFeesOperation } from '../fees/withdraw-fees.ts'
import { ticketHash } from '../pm/ticket-hash.ts'
import { maxWinProb } from '../pm/win-prob.ts'
import { defaultPlanOptions } from '../redemption/plan/options.ts'
import { allTickets } from '../redemption/redeem-choice.ts'
import { redeem } from '../redemption/redeem.ts'
import { thisRedeemer } from '../redemption/redeemer.ts'
import { readCreationRound } from '../rounds/read-creation-round.ts'
import { openStore } from '../store/open-store.ts'
import type { NewTicket, TicketStore } from '../store/ticket-store.ts'
import { createTickets } from '../tickets/create-tickets.ts'
import { send } from '../tx/send.ts'
import { parseWei } from '../units/wei.ts'
import type { DemoStep } from './demo-step.ts'

const [, gateway, , orchestrator] = devnetAccounts

const faceValueWei = parseWei('0.002')
const oneIn = 10
const winners = 12

type Tell = (step: DemoStep) => void

/** The gateway pays with tickets; the orchestrator redeems those that win and withdraws what they paid. */
export async function playOrchestrator(connection: Connection, folder: string, tell: Tell): Promise<void> {
  const tickets = await signTickets(connection, tell)
  const store = await openStore(join(folder, 'tickets.sqlite3'))
  try {
    await store.add(tickets)
    await redeemWinners(connection, folder, store, tell)
  } finally {
    await store.close()
  }
  await withdrawFees(connection, folder, tell)
}

async function signTickets(connection: Connection, tell: Tell): Promise<NewTicket[]> {
  const { signed, tickets } = await createTickets(
    {
      recipient: orchestrator.address,
      sender: gateway.address,
      faceValue: faceValueWei,
      winProb: maxWinProb / BigInt(oneIn),
      ...(await readCreationRound(connection)),
      firstNonce: 1n,
      count: winners,
      winnersOnly: true,
    },
    await localSigner(gateway.privateKey),
  )
  const won = tickets.map((ticket) => ({ hash: ticketHash(ticket), ticket }))
  tell({
    kind: 'tickets',
    recipient: orchestrator.address,
    signed,
    faceValueWei,
    oneIn,
    winners: won.map(({ hash }) => hash),
  })
  return won
}

async function redeemWinners(
  connection: Connection,
  folder: string,
  store: TicketStore,
  tell: Tell,
): Promise<void> {
  const { result, failure } = await redeem(
    {
      connection,
      store,
      dataFolder: folder,
      payer: { address: orchestrator.address, signer: () => localSigner(orchestrator.privateKey) },
      holder: thisRedeemer(),
      confirmations: 1,
      timeoutMs: 30_000,
    },
    {
      choice: allTickets,
      planOptions: defaultPlanOptions,
      confirm: () => Promise.resolve(),
      holdToPreview: false,
    },
  )
  if (failure !== undefined) throw failure
  tell({ kind: 'redeemed', command: 'redeem winners.ndjson', result })
}

async function withdrawFees(connection: Connection, folder: string, tell: Tell): Promise<void> {
  tell({ kind: 'fees', fees: await readFees(connection, orchestrator.address) })
  const operation = withdrawFeesOperation(connection, { from: orchestrator.address })
  const { result, reported } = await send(operation, {
    connection,
    from: orchestrator.address,
    dataFolder: folder,
    signer: () => localSigner(orchestrator.privateKey),
    confirm: () => Promise.resolve(),
    confirmations: 1,
    timeoutMs: 30_000,
  })
  await reported()
  tell({ kind: 'feesWithdrawn', command: 'fees withdraw', result })
}
