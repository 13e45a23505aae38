import { createHash } from 'node:crypto'

import { escapeMarkup } from '../escape-markup.ts'
import { figureTable } from '../figure-table.ts'
import type { Figure } from '../figure.ts'
import { inlineSvg } from '../figure-to-svg.ts'
import { reportStyle } from './report-style.ts'
import type { Report, ReportTable } from './report.ts'

/**
 * One page that needs nothing else: no script, no request, nothing that a reader's browser could be made to do. Its
 * policy allows its own style alone.
 */
export function reportPage(report: Report): string {
  const { title, subtitle, headline, facts, figures, tables, notes, command } = report
  const hash = createHash('sha256').update(reportStyle).digest('base64')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeMarkup(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header>
<h1>${escapeMarkup(title)}</h1>
<p class="subtitle">${escapeMarkup(subtitle)}</p>
</header>
${headline === undefined ? '' : `<p class="headline"><strong>${escapeMarkup(headline.value)}</strong> <span>${escapeMarkup(headline.label)}</span></p>\n`}${factList(facts)}${figures.map(pictureOf).join('')}${tables.map(sectionOf).join('')}${noteList(notes)}${command === undefined ? '' : `<footer><p>Made with <code>${escapeMarkup(command)}</code></p></footer>\n`}</main>
</body>
</html>
`
}

/** Signs of a fact that is to be read at a glance; longer ones are read in lines. */
const longestTile = 20

function factList(facts: Report['facts']): string {
  if (facts.length === 0) return ''
  const items = facts.map(
    ([name, value]) => `<div><dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(value)}</dd></div>\n`,
  )
  const kind = facts.every(([, value]) => value.length <= longestTile) ? 'facts tiles' : 'facts'
  return `<dl class="${kind}">\n${items.join('')}</dl>\n`
}

/** Drawn twice, as words are too small in a wide picture on a phone; only one is there at a time. */
function pictureOf(figure: Figure, index: number): string {
  const id = `figure-${index + 1}`
  const { headings, rows } = figureTable(figure)
  return `<section class="picture">
<h2>${escapeMarkup(figure.title)}</h2>
<figure>
<div class="wide">${inlineSvg(figure, { width: 720, id: `${id}-wide` })}</div>
<div class="narrow">${inlineSvg(figure, { width: 360, id: `${id}-narrow` })}</div>
<figcaption>${escapeMarkup(figure.caption)}</figcaption>
</figure>
<details>
<summary>The numbers</summary>
${tableOf({ title: figure.title, headings, rows })}</details>
</section>
`
}

function sectionOf(table: ReportTable): string {
  const heading = table.title === '' ? '' : `<h2>${escapeMarkup(table.title)}</h2>\n`
  return `<section>\n${heading}${tableOf(table)}</section>\n`
}

/** A number, perhaps with its unit, or a sign for none. */
const numberOrNone = /^([<>≈] ?)?-?\d[\d,.]*(e-?\d+)?( ?(%|[A-Za-z]{1,4}))?$|^-?$/

/** In a box of its own, which alone scrolls where it is too wide, also by keys. */
function tableOf({ title, headings, rows }: ReportTable): string {
  const isNumber = headings.map(
    (_, column) => column > 0 && rows.every((row) => numberOrNone.test(row[column] ?? '')),
  )
  const classOf = (column: number) => (isNumber[column] === true ? ' class="number"' : '')
  const head = headings.map(
    (heading, column) => `<th scope="col"${classOf(column)}>${escapeMarkup(heading)}</th>`,
  )
  const body = rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === 0
        ? `<th scope="row">${escapeMarkup(cell)}</th>`
        : `<td${classOf(column)}>${escapeMarkup(cell)}</td>`,
    )
    return `<tr>${cells.join('')}</tr>\n`
  })
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escapeMarkup(title === '' ? 'table' : title)}">
<table>
${headings.every((heading) => heading === '') ? '' : `<thead><tr>${head.join('')}</tr></thead>\n`}<tbody>
${body.join('')}</tbody>
</table>
</div>
`
}

function noteList(notes: readonly string[]): string {
  if (notes.length === 0) return ''
  const items = notes.map((note) => `<li>${escapeMarkup(note)}</li>\n`)
  return `<section>\n<h2>Notes</h2>\n<ul class="notes">\n${items.join('')}</ul>\n</section>\n`
}
