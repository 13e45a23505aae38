import { createReadStream } from 'node:fs'

import { parse } from 'csv-parse/sync'

import { ConfigurationError, UsageError } from '../errors.ts'
import { parseWinProb } from '../pm/parse-win-prob.ts'
import { hideKeys } from '../text/hide-keys.ts'
import { readLines } from '../text/read-lines.ts'
import type { Line } from '../text/read-lines.ts'
import type { SourceInput } from '../tickets/sources/open-ticket-source.ts'
import { TicketKinds } from './ticket-kinds.ts'

const columns = ['name', 'tickets', 'winProb', 'winners'] as const
type Row = Readonly<Record<(typeof columns)[number], string>>

const mostNames = 10_000
const longestName = 100

/**
 * Reads tallies from CSV: a header with name, tickets, winProb and winners, in any order, and a row for each name, or
 * several for one whose tickets had several win probabilities. One that cannot be read ends it, as it would change what
 * the others mean.
 *
 * @throws {ConfigurationError} TALLIES_UNREADABLE
 * @throws {UsageError} TALLIES_INVALID, TALLIES_TOO_MANY
 */
export async function readTallies(input: SourceInput): Promise<Map<string, TicketKinds>> {
  const groups = new Map<string, TicketKinds>()
  let header: readonly string[] | undefined
  for await (const { lines } of readLines(bytesOf(input))) {
    for (const line of lines) {
      const cells = cellsOf(line)
      if (header === undefined) header = headerOf(cells)
      else addRow(groups, rowOf(cells, header, line), line)
    }
  }
  if (header === undefined) throw new UsageError('TALLIES_INVALID', 'there are no tallies in it', howTo)
  return groups
}

const howTo = { nextSteps: [`write CSV: a first line of ${columns.join(',')}, then a line for each sender`] }

async function* bytesOf(input: SourceInput): AsyncIterable<Uint8Array> {
  if ('stream' in input) {
    yield* input.stream
    return
  }
  try {
    yield* createReadStream(input.path) as AsyncIterable<Uint8Array>
  } catch (cause) {
    // A key may be in the place of the file.
    const path = hideKeys(input.path)
    throw new ConfigurationError('TALLIES_UNREADABLE', `${path} cannot be read`, { details: { path }, cause })
  }
}

function cellsOf(line: Line): readonly string[] {
  if (!('text' in line)) throw invalid(line, line.reason)
  try {
    const [cells] = parse(line.text, { relax_column_count: true, trim: true, bom: true })
    if (cells !== undefined) return cells
  } catch {
    // Said below.
  }
  throw invalid(line, 'it is not a row of CSV')
}

function headerOf(cells: readonly string[]): readonly string[] {
  const missing = columns.filter((column) => !cells.includes(column))
  const repeated = columns.filter((column) => cells.indexOf(column) !== cells.lastIndexOf(column))
  if (missing.length === 0 && repeated.length === 0) return cells
  const why =
    missing.length > 0 ? `the first line lacks ${missing.join(', ')}` : `it has ${repeated.join(', ')} twice`
  throw new UsageError('TALLIES_INVALID', why, howTo)
}

function rowOf(cells: readonly string[], header: readonly string[], line: Line): Row {
  if (cells.length !== header.length) {
    throw invalid(line, `it has ${cells.length} columns, the header has ${header.length}`)
  }
  const cell = (column: (typeof columns)[number]) => cells[header.indexOf(column)] ?? ''
  return {
    name: cell('name'),
    tickets: cell('tickets'),
    winProb: cell('winProb'),
    winners: cell('winners'),
  }
}

function addRow(groups: Map<string, TicketKinds>, row: Row, line: Line): void {
  const { name } = row
  if (name === '' || name.length > longestName) {
    throw invalid(line, `a name has 1 to ${longestName} characters`)
  }
  const tickets = wholeNumber(row, 'tickets', line)
  const winners = wholeNumber(row, 'winners', line)
  if (winners > tickets) throw invalid(line, 'there are more winners than tickets')
  const kinds = groups.get(name) ?? new TicketKinds()
  kinds.add(winProbOf(row, line), tickets, winners)
  groups.set(name, kinds)
  if (groups.size > mostNames) {
    throw new UsageError('TALLIES_TOO_MANY', `at most ${mostNames} names can be held against each other`, {
      nextSteps: ['put those together that belong together'],
    })
  }
}

function wholeNumber(row: Row, column: 'tickets' | 'winners', line: Line): bigint {
  const text = row[column]
  if (/^\d{1,60}$/.test(text)) return BigInt(text)
  throw invalid(line, `${column} is not a whole number in digits`)
}

function winProbOf({ winProb }: Row, line: Line): bigint {
  try {
    return parseWinProb(winProb)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw invalid(
      line,
      'winProb is not a win probability: write 1/1000, 0.001, or winProb as tickets have it',
    )
  }
}

function invalid({ place }: Line, why: string): UsageError {
  return new UsageError('TALLIES_INVALID', `${place.kind} ${place.number}: ${why}`, {
    details: { line: place.number },
    ...howTo,
  })
}

/**
 * The one tally that somebody says, where it is all that is asked about.
 *
 * @throws {UsageError} AUDIT_OF_NOTHING when neither it nor anything else is given, TALLY_INVALID
 */
export function toldTally(told: {
  readonly file: string | undefined
  readonly tallies: string | undefined
  readonly tickets: bigint | undefined
  readonly winProb: bigint | undefined
  readonly winners: bigint | undefined
}): Map<string, TicketKinds> | undefined {
  const { file, tallies, tickets, winProb, winners } = told
  if (file !== undefined && (winners !== undefined || tallies !== undefined)) {
    throw new UsageError('AUDIT_OF_BOTH', 'both a file of tickets and numbers were given', {
      nextSteps: ['leave the file out, or --winners and --tallies'],
    })
  }
  if (tickets !== undefined && winProb !== undefined && winners !== undefined) {
    if (winners > tickets) {
      throw new UsageError('TALLY_INVALID', 'there are more winners than tickets', {
        details: { tickets, winners },
      })
    }
    const kinds = new TicketKinds()
    kinds.add(winProb, tickets, winners)
    return new Map([['all', kinds]])
  }
  if (file !== undefined || tallies !== undefined || tickets !== undefined) return undefined
  throw new UsageError('AUDIT_OF_NOTHING', 'there is nothing to judge', {
    nextSteps: [
      'give a file of tickets, or --tallies senders.csv',
      'or numbers: --tickets 1500000 --win-prob 1/150000 --winners 3',
      "or --tickets alone, to judge the store's winners",
    ],
  })
}
