/** What a column holds. Integers are safe ones; amounts are bytes, see `values.ts`. */
export type Value = string | number | Uint8Array | null
export type Row = Readonly<Record<string, Value>>

/** The statements of one transaction. Parameters are `$1`, `$2`, ... */
export interface Queries {
  /** @returns how many rows it has changed */
  readonly run: (sql: string, ...parameters: Value[]) => Promise<number>
  readonly all: (sql: string, ...parameters: Value[]) => Promise<Row[]>
}

type Transact = <Result>(work: (queries: Queries) => Promise<Result>) => Promise<Result>

/**
 * What SQLite and PostgreSQL have in common, as far as a store needs it. Every failure is an LpPayError without secrets.
 */
export interface Database {
  /** Where it is, without a password: for people. */
  readonly location: string
  readonly dialect: Dialect
  /** A transaction that no other writer comes into, of whatever process; durable when it resolves. */
  readonly write: Transact
  /** A transaction that sees the database at one moment. */
  readonly read: Transact
  /** The rows as they are now, in flat memory, whatever is written while they are read. */
  stream(sql: string, ...parameters: Value[]): AsyncIterable<Row>
  close(): Promise<void>
}

export type ColumnType = 'bytes' | 'text' | 'integer'

/** Where the SQL of the two differs. */
export interface Dialect {
  /** Types of columns. */
  readonly bytes: string
  readonly integer: string
  readonly identity: string
  /** What follows the columns of a table. */
  readonly tableOptions: string
  /** Milliseconds since 1970, by the clock of the store. */
  readonly nowMs: string
  /** A query with one row if there is a table of the name $1. */
  readonly findTable: string
  /** The elements of the JSON array $1, each as `value`. */
  readonly elements: string
  /** Bytes from hex digits. */
  fromHex(expression: string): string
}

/**
 * Many rows as one parameter: an SQL relation of the JSON array of arrays $1. Bytes are hex digits in it. One statement
 * for any number of rows is as fast as a prepared one for each on SQLite, and takes one round trip on PostgreSQL.
 */
export function rowsOf(dialect: Dialect, columns: Readonly<Record<string, ColumnType>>): string {
  const cells = Object.entries(columns).map(([name, type], index) => {
    const text = `value ->> ${index}`
    if (type === 'bytes') return `${dialect.fromHex(text)} AS ${name}`
    return type === 'integer' ? `CAST(${text} AS ${dialect.integer}) AS ${name}` : `${text} AS ${name}`
  })
  return `(SELECT ${cells.join(', ')} FROM ${dialect.elements})`
}
