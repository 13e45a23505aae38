import type { OrchestratorMatch, PriceMatch } from '../lib/orchestrator/match-all.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { rateLine } from './render-rate.ts'
import { out } from './style.ts'
import { renderTable } from './table.ts'

export function renderMatch({ rate, orchestrators }: PriceMatch): string {
  return [...orchestrators.map(renderOrchestrator), ...(rate === null ? [] : [out.dim(rateLine(rate))])].join(
    '\n\n',
  )
}

function renderOrchestrator({ name, trouble, jobs }: OrchestratorMatch): string {
  const heading = out.bold(sanitize(name))
  if (trouble !== null) return `${heading}\n${out.red(trouble)}`
  if (jobs.length === 0) return `${heading}\nit has no prices`
  const rows = jobs.map(({ pipeline, model, askedWei, maximumWei, accepted, reasons }) => [
    accepted ? out.green('ok') : out.red('no'),
    model === null ? pipeline : `${pipeline} ${model}`,
    askedWei ?? '-',
    maximumWei ?? '-',
    reasons.map(({ explanation }) => explanation).join('; '),
  ])
  return `${heading}\n${renderTable(['', 'job', 'asks (wei)', 'at most (wei)', ''], rows)}`
}
