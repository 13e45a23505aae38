import { ConfigurationError } from '../errors.ts'
import type { Database, Dialect, Queries } from './database.ts'
import { integerIn } from './values.ts'

type Migration = (dialect: Dialect) => readonly string[]

/**
 * Number n is how a store of version n - 1 becomes one of version n. What has been released is never changed.
 *
 * Tickets of one sender share most of what they say, so that is in a table of its own. Hashes are random, and an index
 * of them is most of what a new ticket costs.
 */
const migrations: readonly Migration[] = [
  ({ bytes, integer, identity, tableOptions }) => [
    `CREATE TABLE lp_pay_store (
      version ${integer} NOT NULL,
      chain TEXT
    )${tableOptions}`,
    `INSERT INTO lp_pay_store (version) VALUES (0)`,
    `CREATE TABLE terms (
      id ${identity},
      recipient ${bytes} NOT NULL,
      sender ${bytes} NOT NULL,
      face_value ${bytes} NOT NULL,
      win_prob ${bytes} NOT NULL,
      creation_round ${bytes} NOT NULL,
      creation_round_block_hash ${bytes} NOT NULL,
      UNIQUE (sender, creation_round, face_value, win_prob, recipient, creation_round_block_hash)
    )${tableOptions}`,
    `CREATE TABLE submissions (
      id TEXT PRIMARY KEY,
      state TEXT NOT NULL CHECK (state IN ('claimed', 'signed', 'mined')),
      account ${bytes} NOT NULL,
      holder TEXT NOT NULL,
      nonce ${integer},
      renewed_at ${integer} NOT NULL
    )${tableOptions}`,
    `CREATE TABLE attempts (
      id ${identity},
      submission_id TEXT NOT NULL REFERENCES submissions (id),
      hash ${bytes} NOT NULL,
      signed ${bytes} NOT NULL,
      UNIQUE (submission_id, hash)
    )${tableOptions}`,
    `CREATE TABLE tickets (
      id ${identity},
      hash ${bytes} NOT NULL UNIQUE,
      terms_id ${integer} NOT NULL REFERENCES terms (id),
      sender_nonce ${bytes} NOT NULL,
      recipient_rand_hash ${bytes} NOT NULL,
      recipient_rand ${bytes} NOT NULL,
      sig ${bytes} NOT NULL,
      added_at ${integer} NOT NULL,
      state TEXT NOT NULL CHECK (state IN
        ('pending', 'submitted', 'redeemed', 'final', 'usedElsewhere', 'expired', 'invalid', 'forgotten')),
      reason TEXT,
      paid_wei ${bytes},
      transaction_hash ${bytes},
      fee_wei ${bytes},
      submission_id TEXT REFERENCES submissions (id),
      CHECK (state <> 'submitted' OR submission_id IS NOT NULL),
      CHECK (submission_id IS NULL OR state IN ('submitted', 'redeemed'))
    )${tableOptions}`,
    `CREATE INDEX tickets_by_state ON tickets (state)`,
    `CREATE INDEX tickets_by_submission ON tickets (submission_id) WHERE submission_id IS NOT NULL`,
  ],
]

/**
 * Brings a store to the version of this program. Safe when several processes do it at once.
 *
 * @throws {ConfigurationError} STORE_NEWER
 */
export async function migrate(database: Database): Promise<void> {
  const { dialect } = database
  const current = await database.read((queries) => readVersion(queries, dialect))
  refuseNewer(current, database)
  if (current === migrations.length) return
  await database.write(async (queries) => {
    const version = await readVersion(queries, dialect)
    refuseNewer(version, database)
    for (const migration of migrations.slice(version)) {
      for (const statement of migration(dialect)) await queries.run(statement)
    }
    await queries.run('UPDATE lp_pay_store SET version = $1', migrations.length)
  })
}

/** 0: nothing is there yet. */
async function readVersion(queries: Queries, dialect: Dialect): Promise<number> {
  const [table] = await queries.all(dialect.findTable, 'lp_pay_store')
  if (table === undefined) return 0
  const [row] = await queries.all('SELECT version FROM lp_pay_store')
  return row === undefined ? 0 : integerIn(row, 'version')
}

function refuseNewer(version: number, { location }: Database): void {
  if (version <= migrations.length) return
  throw new ConfigurationError('STORE_NEWER', `a newer lp-pay has made the store ${location}`, {
    details: { store: location, version, newestKnown: migrations.length },
    nextSteps: ['update lp-pay'],
  })
}
