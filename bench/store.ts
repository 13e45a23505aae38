/**
 * How fast tickets get into a store: add() of the store on SQLite, and of the one on PostgreSQL, beside the simplest
 * thing that keeps a ticket by its hash, one table in SQLite with every field in it.
 * npm run bench:store -- [TICKETS] [ROUNDS]
 * Every ticket has a recipientRand of its own, as winners have. Rounds are interleaved; ratios are what counts.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { DatabaseSync } from '@photostructure/sqlite'
import type { Hex } from 'viem'

import type { SignedTicket } from '../src/lib/pm/ticket.ts'
import { openStore } from '../src/lib/store/open-store.ts'
import type { NewTicket } from '../src/lib/store/ticket-store.ts'
import { makeDatabase } from '../test/helpers/postgres.ts'
import { makeTicket } from '../test/helpers/make-ticket.ts'

const total = Number(process.argv[2] ?? 200_000)
const batchSize = 10_000
const rounds = Number(process.argv[3] ?? 3)
const folder = mkdtempSync(join(tmpdir(), 'lp-pay-bench-'))
const hex = (bytes: number): Hex => `0x${randomBytes(bytes).toString('hex')}`
const senders = Array.from({ length: 1000 }, () => hex(20))

function makeBatch(first: number): NewTicket[] {
  return Array.from({ length: batchSize }, (_, index) => {
    const changes = { sender: senders[index % senders.length] ?? hex(20), recipientRandHash: hex(32) }
    const creationRound = BigInt(1000 + Math.floor(first / 100_000))
    const rest = { sig: hex(65), recipientRand: BigInt(hex(32)) }
    return { hash: hex(32), ticket: { ...makeTicket({ ...changes, creationRound }), ...rest } }
  })
}

interface Contender {
  readonly name: string
  readonly add: (tickets: readonly NewTicket[]) => Promise<unknown>
  readonly close: () => Promise<number | undefined>
}

function oneTable(path: string): Contender {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
    CREATE TABLE tickets (hash BLOB PRIMARY KEY, recipient BLOB, sender BLOB, face_value BLOB, win_prob BLOB,
      sender_nonce BLOB, recipient_rand_hash BLOB, creation_round BLOB, creation_round_block_hash BLOB, sig BLOB,
      recipient_rand BLOB, state TEXT)`)
  const insert = database.prepare(
    `INSERT INTO tickets VALUES (${'?, '.repeat(11)}'pending') ON CONFLICT DO NOTHING`,
  )
  const bytes = (value: Hex) => Buffer.from(value.slice(2), 'hex')
  const uint = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
  const row = (hash: Hex, ticket: SignedTicket) => [
    bytes(hash),
    bytes(ticket.recipient),
    bytes(ticket.sender),
    uint(ticket.faceValue),
    uint(ticket.winProb),
    uint(ticket.senderNonce),
    bytes(ticket.recipientRandHash),
    uint(ticket.creationRound),
    bytes(ticket.creationRoundBlockHash),
    bytes(ticket.sig),
    uint(ticket.recipientRand),
  ]
  return {
    name: 'one table in SQLite',
    add(tickets) {
      database.exec('BEGIN IMMEDIATE')
      for (const { hash, ticket } of tickets) insert.run(...row(hash, ticket))
      database.exec('COMMIT')
      return Promise.resolve()
    },
    close() {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      database.close()
      return Promise.resolve(statSync(path).size)
    },
  }
}

async function store(name: string, where: string): Promise<Contender> {
  const opened = await openStore(where)
  return {
    name,
    add: (tickets) => opened.add(tickets),
    close: async () => {
      await opened.close()
      return where === opened.location ? statSync(where).size : undefined
    },
  }
}

const seconds = new Map<string, number[]>()
const sizes = new Map<string, number | undefined>()
for (let round = 0; round < rounds; round++) {
  const contenders = [
    oneTable(join(folder, `one-${round}`)),
    await store('the store in SQLite', join(folder, `store-${round}`)),
    await store('the store in PostgreSQL', await makeDatabase()),
  ]
  const spent = new Map(contenders.map(({ name }) => [name, 0]))
  for (let first = 0; first < total; first += batchSize) {
    const batch = makeBatch(first)
    for (const { name, add } of contenders) {
      const start = performance.now()
      await add(batch)
      spent.set(name, (spent.get(name) ?? 0) + (performance.now() - start) / 1000)
    }
  }
  for (const { name, close } of contenders) {
    sizes.set(name, await close())
    seconds.set(name, [...(seconds.get(name) ?? []), spent.get(name) ?? 0])
  }
}
rmSync(folder, { recursive: true, force: true })

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const unit = seconds.get('one table in SQLite') ?? []
const print = (line: string) => process.stdout.write(`${line}\n`)
print(
  `| ${total} tickets in batches of ${batchSize}, median of ${rounds} rounds | tickets/s here | of one table | MB |`,
)
print('|---|---|---|---|')
for (const [name, times] of seconds) {
  const size = sizes.get(name)
  const ratio = median(times.map((time, round) => (unit[round] ?? Number.NaN) / time))
  const megabytes = size === undefined ? '' : (size / 1e6).toFixed(0)
  print(`| ${name} | ${Math.round(total / median(times))} | ${ratio.toFixed(2)} | ${megabytes} |`)
}
