import { DatabaseSync } from '@photostructure/sqlite'
import { getAddress } from 'viem'
import type { Hex } from 'viem'

import type { SignedTicket } from '../../src/lib/pm/ticket.ts'

/** go-livepeer's schema, column by column. STRING is no type that SQLite knows: such columns have NUMERIC affinity. */
const schema = `
  CREATE TABLE IF NOT EXISTS kv (
    key STRING PRIMARY KEY,
    value STRING,
    updatedAt STRING DEFAULT CURRENT_TIMESTAMP
  );
  CREATE TABLE IF NOT EXISTS orchestrators (
    ethereumAddr STRING PRIMARY KEY,
    createdAt STRING DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updatedAt STRING DEFAULT CURRENT_TIMESTAMP NOT NULL,
    serviceURI STRING,
    pricePerPixel int64,
    activationRound int64,
    deactivationRound int64,
    stake int64
  );
  CREATE TABLE IF NOT EXISTS unbondingLocks (
    createdAt STRING DEFAULT CURRENT_TIMESTAMP,
    id INTEGER NOT NULL,
    delegator STRING,
    amount TEXT,
    withdrawRound int64,
    usedBlock int64,
    PRIMARY KEY(id, delegator)
  );
  CREATE INDEX IF NOT EXISTS idx_unbondinglocks_usedblock ON unbondingLocks(usedBlock);
  CREATE TABLE IF NOT EXISTS ticketQueue (
    createdAt DATETIME DEFAULT CURRENT_TIMESTAMP,
    sender STRING,
    recipient STRING,
    faceValue BLOB,
    winProb BLOB,
    senderNonce INTEGER,
    recipientRand BLOB,
    recipientRandHash STRING,
    sig BLOB PRIMARY KEY,
    creationRound int64,
    creationRoundBlockHash STRING,
    paramsExpirationBlock int64,
    redeemedAt DATETIME,
    txHash STRING
  );
  CREATE INDEX IF NOT EXISTS idx_ticketqueue_sender ON ticketQueue(sender);
  CREATE TABLE IF NOT EXISTS blockheaders (
    number int64,
    parent STRING,
    hash STRING PRIMARY KEY,
    logs BLOB
  );
  CREATE INDEX IF NOT EXISTS idx_blockheaders_number ON blockheaders(number);
`

/** A database as a go-livepeer orchestrator keeps it, written as the node writes it. */
export interface Lpdb {
  readonly path: string
  readonly database: InstanceType<typeof DatabaseSync>
  insert(tickets: readonly SignedTicket[]): void
  /** What the node does after a redemption, also after one that reverted, and with a hash of zeros after a lost one. */
  markRedeemed(ticket: SignedTicket, txHash: Hex): void
  close(): void
}

export interface LpdbOptions {
  readonly chainId?: number
  readonly dbVersion?: number
}

/** Makes an lpdb.sqlite3, or opens the one that is there. */
export function makeLpdb(path: string, { chainId = 42161, dbVersion = 1 }: LpdbOptions = {}): Lpdb {
  const database = new DatabaseSync(path, { timeout: 5000 })
  database.exec(schema)
  const keep = database.prepare('INSERT OR IGNORE INTO kv(key, value) VALUES(?, ?)')
  keep.run('dbVersion', String(dbVersion))
  keep.run('chainID', String(chainId))
  const insert = database.prepare(
    `INSERT INTO ticketQueue(sender, recipient, faceValue, winProb, senderNonce, recipientRand, recipientRandHash, sig,
       creationRound, creationRoundBlockHash, paramsExpirationBlock) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const mark = database.prepare(`UPDATE ticketQueue SET redeemedAt=dateTime('now'), txHash=? WHERE sig=?`)
  return {
    path,
    database,
    insert(tickets) {
      database.exec('BEGIN')
      for (const ticket of tickets) {
        insert.run(
          getAddress(ticket.sender),
          getAddress(ticket.recipient),
          minimalBytes(ticket.faceValue),
          minimalBytes(ticket.winProb),
          ticket.senderNonce,
          minimalBytes(ticket.recipientRand),
          ticket.recipientRandHash,
          hexBytes(ticket.sig),
          ticket.creationRound,
          ticket.creationRoundBlockHash,
          4_000_000n,
        )
      }
      database.exec('COMMIT')
    },
    markRedeemed(ticket, txHash) {
      const { changes } = mark.run(txHash, hexBytes(ticket.sig))
      if (changes !== 1) throw new Error(`no record found for sig=${ticket.sig}`)
    },
    close: () => database.close(),
  }
}

/** Go's big.Int.Bytes: big-endian without leading zeros, nothing for zero. */
function minimalBytes(value: bigint): Uint8Array {
  const digits = value === 0n ? '' : value.toString(16)
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
}

function hexBytes(hex: Hex): Uint8Array {
  return Buffer.from(hex.slice(2), 'hex')
}
