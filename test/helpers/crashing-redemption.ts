/**
 * Redeems all that pays, and kills itself with SIGKILL at a moment that the command line counts out: before a step of the
 * lifecycle, at an event, or around a call of the store. Says when it begins, and prints each batch that it reports, and its
 * end, as JSON.
 * Arguments: RPC URL, store, data folder, number of the devnet's account, tickets a batch, confirmations, and the fatal
 * moment: its number or its name, 0 for none.
 */
import { localSigner } from '../../src/lib/account/signer.ts'
import { connect } from '../../src/lib/contracts/connect.ts'
import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { devnet } from '../../src/lib/devnet/network.ts'
import { defaultPlanOptions } from '../../src/lib/redemption/plan/plan-redemption.ts'
import { allTickets } from '../../src/lib/redemption/redeem-choice.ts'
import { redeem } from '../../src/lib/redemption/redeem.ts'
import { thisRedeemer } from '../../src/lib/redemption/redeemer.ts'
import { openStore } from '../../src/lib/store/open-store.ts'
import type { TicketStore } from '../../src/lib/store/ticket-store.ts'

const [
  rpcUrl = '',
  where = '',
  dataFolder = '',
  account = '',
  perBatch = '',
  confirmations = '',
  fatal = '',
] = process.argv.slice(2)

let moments = 0
const moment = (name: string) => {
  moments++
  if (fatal !== name && fatal !== String(moments)) return
  process.stderr.write(`${name}\n`)
  process.kill(process.pid, 'SIGKILL')
}

/** A store around whose every call there is a moment to die. */
function mortal(store: TicketStore): TicketStore {
  return new Proxy(store, {
    get(target, name: keyof TicketStore) {
      const member = target[name]
      if (typeof member !== 'function' || name === 'list' || name === 'get') return member
      return async (...args: unknown[]) => {
        moment(`before ${name}`)
        const result: unknown = await Reflect.apply(member, target, args)
        moment(`after ${name}`)
        return result
      }
    },
  })
}

const payer = devnetAccounts[Number(account)]
if (payer === undefined) throw new Error(`the devnet has no account ${account}`)
const connection = await connect({ network: devnet, urls: [rpcUrl] })
const store = await openStore(where)
process.stdout.write('"begun"\n')
const { result, failure } = await redeem(
  {
    connection,
    store: mortal(store),
    dataFolder,
    payer: { address: payer.address, signer: () => localSigner(payer.privateKey) },
    holder: thisRedeemer(),
    confirmations: Number(confirmations),
    timeoutMs: 30_000,
    onStep({ name }) {
      moment(`step ${name}`)
    },
    onEvent(event) {
      if (event.event === 'settled') {
        const { transactionHash, tickets } = event.batch
        const paid = tickets.flatMap(({ hash, paidWei, outcome }) =>
          outcome === 'redeemed' ? [[hash, String(paidWei)]] : [],
        )
        process.stdout.write(`${JSON.stringify({ transactionHash, paid })}\n`)
      }
      moment(`event ${event.event}`)
    },
  },
  {
    choice: allTickets,
    planOptions: { ...defaultPlanOptions, maxTicketsPerBatch: Number(perBatch) },
    confirm: () => Promise.resolve(),
    holdToPreview: false,
  },
)
if (failure !== undefined) throw failure
process.stdout.write(`${JSON.stringify({ outcome: result.outcome, moments })}\n`)
await store.close()
connection.rpc.close()
