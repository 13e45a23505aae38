import type { Place } from '../../text/strict-yaml.ts'
import type { Rate } from '../../pricing/rate.ts'

/** How bad: an error is certainly not what was meant, or does not work; a warning may be meant. */
export type Severity = 'error' | 'warning'

/** Something that a lint rule has found. */
export interface Finding {
  /** Stable; scripts may rely on it. */
  readonly code: string
  readonly severity: Severity
  /** Where, as `orchestrator.transcoding`; empty for the whole file. */
  readonly path: string
  readonly message: string
  readonly hint: string | null
}

/** A finding and its place in the text. */
export interface PlacedFinding extends Finding, Place {}

/** What a lint of a file came to. */
export interface LintReport {
  readonly file: string
  /** What kind of file it is. */
  readonly kind: LintedKind
  readonly findings: readonly PlacedFinding[]
  readonly errors: number
  readonly warnings: number
  /** The currency whose prices were not held against anything for want of a rate. */
  readonly skippedCurrencies: readonly string[]
}

/** lp-pay's own file, or one of go-livepeer's. */
export type LintedKind = 'priceFile' | 'pricePerGateway' | 'maxPricePerCapability' | 'aiModels'

export interface LintOptions {
  /** Prices in another currency than ETH's own are held against what is seen only with it. */
  readonly rate?: Rate | undefined
}

export function error(code: string, path: string, message: string, hint?: string): Finding {
  return { code, severity: 'error', path, message, hint: hint ?? null }
}

export function warning(code: string, path: string, message: string, hint?: string): Finding {
  return { code, severity: 'warning', path, message, hint: hint ?? null }
}

/** Counts and places findings, in the order of the text. */
export function report(
  file: string,
  kind: LintedKind,
  findings: readonly Finding[],
  placeOf: (path: string) => Place,
  skippedCurrencies: readonly string[],
): LintReport {
  const placed = findings.map((finding) => ({ ...finding, ...placeOf(finding.path) }))
  const count = (severity: Severity) => placed.filter((finding) => finding.severity === severity).length
  return {
    file,
    kind,
    findings: placed.sort((one, other) => one.line - other.line || one.column - other.column),
    errors: count('error'),
    warnings: count('warning'),
    skippedCurrencies,
  }
}
