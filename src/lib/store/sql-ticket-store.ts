import { ConfigurationError } from '../errors.ts'
import { addTickets } from './add-tickets.ts'
import type { Database, Queries } from './database.ts'
import { recordOutcomes } from './outcomes.ts'
import { oneTicket, selectTickets, toStoredTicket } from './read-tickets.ts'
import {
  claim,
  closeSubmission,
  giveUpClaim,
  readSubmissions,
  recordAttempt,
  recordMined,
  takeBack,
} from './submissions.ts'
import type { TicketStore } from './ticket-store.ts'
import { addUp, totalsSql } from './totals.ts'

/** The one implementation of a store, on whatever database. */
export function createTicketStore(database: Database): TicketStore {
  const { location, dialect, read, write } = database
  return {
    location,
    async add(tickets) {
      return tickets.length === 0 ? 0 : write((queries) => addTickets(queries, dialect, tickets))
    },
    async get(hash) {
      const { sql, parameters } = selectTickets(oneTicket(hash))
      const [row] = await read((queries) => queries.all(sql, ...parameters))
      return row && toStoredTicket(row)
    },
    async *list(filter) {
      const { sql, parameters } = selectTickets(filter)
      for await (const row of database.stream(sql, ...parameters)) yield toStoredTicket(row)
    },
    totals: () => addUp(database.stream(totalsSql)),
    async record(outcomes) {
      if (outcomes.length > 0) await write((queries) => recordOutcomes(queries, dialect, outcomes))
    },
    async requireChain(chainKey) {
      const known =
        (await read(readChain)) ??
        (await write(async (queries) => {
          await queries.run('UPDATE lp_pay_store SET chain = $1 WHERE chain IS NULL', chainKey)
          return readChain(queries)
        }))
      if (known !== chainKey) throw ofOtherChain(location, known, chainKey)
    },
    claim: (request) => write((queries) => claim(queries, dialect, request)),
    recordAttempt: (id, nonce, attempt) =>
      write((queries) => recordAttempt(queries, dialect, id, nonce, attempt)),
    giveUpClaim: (id) => write((queries) => giveUpClaim(queries, id)),
    submissions: () => read((queries) => readSubmissions(queries, dialect)),
    recordMined: (id, redeemed) => write((queries) => recordMined(queries, dialect, id, redeemed)),
    takeBack: (id) => write((queries) => takeBack(queries, id)),
    closeSubmission: (id, outcomes, feeWei) =>
      write((queries) => closeSubmission(queries, dialect, id, outcomes, feeWei)),
    close: () => database.close(),
  }
}

async function readChain(queries: Queries): Promise<string | undefined> {
  const [row] = await queries.all('SELECT chain FROM lp_pay_store')
  const chain = row?.['chain']
  return typeof chain === 'string' ? chain : undefined
}

function ofOtherChain(store: string, storeChain: string | undefined, chain: string): ConfigurationError {
  return new ConfigurationError('STORE_OF_OTHER_CHAIN', `the store ${store} belongs to another chain`, {
    details: { store, storeChain: storeChain ?? null, chain },
    nextSteps: ['use a store of its own for each chain: --store'],
  })
}
