import { stringify } from 'csv-stringify/sync'

/**
 * Rows as comma-separated values, each with its line break. A cell that a spreadsheet would take for a formula gets an
 * apostrophe before it.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true },
  )
}
