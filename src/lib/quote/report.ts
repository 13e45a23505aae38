import type { QuotedLines } from './quote-lines.ts'
import type { Quote } from './quote.ts'

/** What `lp-pay price quote` comes to. */
export interface QuoteReport {
  /** null with --jobs */
  readonly quote: Quote | null
  /** Of --jobs, whose quotes are printed one a line before this; else null. */
  readonly lines: QuotedLines | null
}
