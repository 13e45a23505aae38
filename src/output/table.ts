import Table from 'cli-table3'

import { out } from './style.ts'

const noLines = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((name) => [name, name === 'middle' ? '  ' : '']),
)

/** Columns under headings, without lines: easy to read, and to cut apart with other tools. */
export function renderTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return render([headings.map((heading) => out.dim(heading)), ...rows])
}

/** Columns without headings. */
export function renderRows(rows: readonly (readonly string[])[]): string {
  return render(rows)
}

/** One fact a line. */
export function renderFacts(facts: readonly (readonly [name: string, value: string])[]): string {
  return render(facts.map(([name, value]) => [out.dim(name), value]))
}

function render(rows: readonly (readonly string[])[]): string {
  const table = new Table({
    chars: noLines,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  })
  table.push(...rows.map((row) => [...row]))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
