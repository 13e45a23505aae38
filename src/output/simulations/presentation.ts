import type { Figure } from '../figures/figure.ts'
import type { Report, ReportTable } from '../figures/report/report.ts'
import { out } from '../style.ts'
import { renderFacts, renderTable } from '../table.ts'

/** What a simulation has found, for a terminal as for a page: plain text, without colours. */
export interface Presentation {
  readonly title: string
  /** What was asked, in a line. */
  readonly subtitle: string
  /** The answer, above all else. */
  readonly headline: { readonly value: string; readonly label: string }
  readonly sections: readonly PresentedSection[]
}

export interface PresentedSection {
  /** null: what the whole begins with */
  readonly heading: string | null
  readonly facts?: readonly (readonly [name: string, value: string])[]
  readonly table?: {
    readonly columns: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }
  /** Sentences below it. */
  readonly notes?: readonly string[]
}

export function renderPresentation({ sections }: Presentation): string {
  return sections.map(renderSection).join('\n\n')
}

function renderSection({ heading, facts = [], table, notes = [] }: PresentedSection): string {
  return [
    ...(heading === null ? [] : [out.bold(heading)]),
    ...(facts.length === 0 ? [] : [renderFacts(facts)]),
    ...(table === undefined ? [] : [renderTable(table.columns, table.rows)]),
    ...notes,
  ].join('\n')
}

/**
 * The same as a page, with figures.
 *
 * @param command what makes it again
 */
export function toReport(presentation: Presentation, figures: readonly Figure[], command: string): Report {
  const { title, subtitle, headline, sections } = presentation
  const [first, ...others] = sections
  return {
    title,
    subtitle,
    headline,
    facts: first?.facts ?? [],
    figures,
    tables: [first, ...others].flatMap((section, index) =>
      section === undefined ? [] : tablesOf(section, index > 0),
    ),
    notes: sections.flatMap(({ notes = [] }) => notes),
    command,
  }
}

function tablesOf({ heading, facts = [], table }: PresentedSection, withFacts: boolean): ReportTable[] {
  const title = heading ?? ''
  return [
    ...(withFacts && facts.length > 0 ? [{ title, headings: ['', ''], rows: facts }] : []),
    ...(table === undefined ? [] : [{ title, headings: table.columns, rows: table.rows }]),
  ]
}
