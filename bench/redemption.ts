/**
 * Redeems winning tickets on a devnet: npm run bench:redemption. lp-pay from a store, with all that it writes down, beside
 * a loop of Foundry's `cast send`, one redeemWinningTicket a ticket, on the same chain.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { withDevnet } from '../scripts/with-devnet.ts'
import { localSigner } from '../src/lib/account/signer.ts'
import { connect } from '../src/lib/contracts/connect.ts'
import type { Connection } from '../src/lib/contracts/connect.ts'
import { devnetAccounts } from '../src/lib/devnet/accounts.ts'
import { devnet, devnetContracts } from '../src/lib/devnet/network.ts'
import { auxData } from '../src/lib/pm/aux-data.ts'
import { ticketHash } from '../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../src/lib/pm/ticket.ts'
import { maxWinProb } from '../src/lib/pm/win-prob.ts'
import { defaultPlanOptions } from '../src/lib/redemption/plan/options.ts'
import { allTickets } from '../src/lib/redemption/redeem-choice.ts'
import { redeem } from '../src/lib/redemption/redeem.ts'
import type { RedeemResult } from '../src/lib/redemption/redeem-result.ts'
import { thisRedeemer } from '../src/lib/redemption/redeemer.ts'
import { readCreationRound } from '../src/lib/rounds/read-creation-round.ts'
import { fundOperation } from '../src/lib/sender/operations/fund.ts'
import { openStore } from '../src/lib/store/open-store.ts'
import { createTickets } from '../src/lib/tickets/create-tickets.ts'
import { send } from '../src/lib/tx/send.ts'
import { castBinary } from './cast.ts'

const [count = 1000, castCount = 50] = process.argv.slice(2).map(Number)
const faceValue = 10n ** 15n
const [, gateway, , orchestrator] = devnetAccounts
const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'lp-pay-bench-'))

function options(
  connection: Connection,
  account: { readonly address: `0x${string}`; readonly privateKey: `0x${string}` },
) {
  return {
    connection,
    from: account.address,
    dataFolder: folder,
    signer: () => localSigner(account.privateKey),
    confirm: () => Promise.resolve(),
    confirmations: 1,
    timeoutMs: 60_000,
  }
}

async function signWinners(connection: Connection): Promise<readonly SignedTicket[]> {
  const depositWei = BigInt(count + castCount) * faceValue
  const fund = fundOperation(connection, {
    name: 'deposit',
    funding: { kind: 'add', depositWei, reserveWei: 0n },
    from: gateway.address,
  })
  await send(fund, options(connection, gateway)).then(({ reported }) => reported())
  const { tickets } = await createTickets(
    {
      recipient: orchestrator.address,
      sender: gateway.address,
      faceValue,
      winProb: maxWinProb,
      ...(await readCreationRound(connection)),
      firstNonce: 1n,
      count: count + castCount,
      winnersOnly: false,
    },
    await localSigner(gateway.privateKey),
  )
  return tickets
}

async function redeemWithLpPay(
  connection: Connection,
  tickets: readonly SignedTicket[],
): Promise<RedeemResult> {
  const store = await openStore(join(folder, 'tickets.sqlite3'))
  await store.add(tickets.map((ticket) => ({ hash: ticketHash(ticket), ticket })))
  const { signer, ...others } = options(connection, orchestrator)
  const { result } = await redeem(
    { ...others, store, payer: { address: orchestrator.address, signer }, holder: thisRedeemer() },
    {
      choice: allTickets,
      planOptions: defaultPlanOptions,
      confirm: () => Promise.resolve(),
      holdToPreview: false,
    },
  )
  await store.close()
  return result
}

/** @returns the gas of all tickets */
function redeemWithCast(rpcUrl: string, tickets: readonly SignedTicket[]): bigint {
  const cast = castBinary()
  return tickets.reduce((gas, ticket) => {
    const { recipient, sender, winProb, senderNonce, recipientRandHash, sig, recipientRand } = ticket
    const fields = [
      recipient,
      sender,
      ticket.faceValue,
      winProb,
      senderNonce,
      recipientRandHash,
      auxData(ticket),
    ]
    const { status, stdout, stderr } = spawnSync(
      cast,
      [
        'send',
        ...['--rpc-url', rpcUrl, '--private-key', orchestrator.privateKey, '--gas-price', '1gwei', '--json'],
        devnetContracts.TicketBroker,
        'redeemWinningTicket((address,address,uint256,uint256,uint256,bytes32,bytes),bytes,uint256)',
        `(${fields.join(',')})`,
        sig,
        recipientRand.toString(),
      ],
      { encoding: 'utf8' },
    )
    const receipt = status === 0 ? (JSON.parse(stdout) as { status: string; gasUsed: string }) : undefined
    if (receipt?.status !== '0x1') throw new Error(`cast did not redeem: ${stderr}`)
    return gas + BigInt(receipt.gasUsed)
  }, 0n)
}

async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly seconds: number; readonly result: T }> {
  const start = process.hrtime.bigint()
  const result = await work()
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, result }
}

await withDevnet(root, async (rpcUrl) => {
  const connection = await connect({ network: devnet, urls: [rpcUrl] })
  const tickets = await signWinners(connection)
  const cast = await timed(() => redeemWithCast(rpcUrl, tickets.slice(count)))
  const ours = await timed(() => redeemWithLpPay(connection, tickets.slice(0, count)))
  connection.rpc.close()
  const { redeemedTickets, paidWei, gasUsed } = ours.result.totals
  if (redeemedTickets !== count || paidWei !== BigInt(count) * faceValue) {
    throw new Error(`redeemed ${String(redeemedTickets)} of ${String(count)} tickets`)
  }
  const perSecond = { ours: count / ours.seconds, cast: castCount / cast.seconds }
  const perTicket = { ours: Number(gasUsed) / count, cast: Number(cast.result) / castCount }
  const rows = [
    ['', 'tickets', 'tickets a second', 'gas a ticket'],
    ['---', '---', '---', '---'],
    ['lp-pay redeem', String(count), perSecond.ours.toFixed(0), perTicket.ours.toFixed(0)],
    ['a loop of cast send', String(castCount), perSecond.cast.toFixed(1), perTicket.cast.toFixed(0)],
    ['ratio', '', (perSecond.ours / perSecond.cast).toFixed(1), (perTicket.ours / perTicket.cast).toFixed(2)],
  ]
  process.stdout.write(rows.map((row) => `| ${row.join(' | ')} |\n`).join(''))
})
rmSync(folder, { recursive: true, force: true })
