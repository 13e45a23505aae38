import type { Figure } from '../figure.ts'

/** What a page says, in the order in which it is read. All texts are plain. */
export interface Report {
  readonly title: string
  /** What was asked, in a line. */
  readonly subtitle: string
  /** The answer, above all else: `0.348 ETH`, `deposit for 24 hours at a risk of 0.1 %`. */
  readonly headline?: { readonly value: string; readonly label: string }
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly figures: readonly Figure[]
  readonly tables: readonly ReportTable[]
  /** What it rests on, and what it cannot tell. */
  readonly notes: readonly string[]
  /** The command line that makes it again. */
  readonly command?: string
}

export interface ReportTable {
  readonly title: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
