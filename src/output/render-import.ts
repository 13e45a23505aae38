import { sanitize } from '../lib/text/sanitize.ts'
import type { ImportResult } from '../lib/tickets/import-source.ts'
import { count } from './amounts.ts'
import { out } from './style.ts'
import { renderFacts } from './table.ts'

export function renderImport(result: ImportResult): string {
  const { source, format, store, rejects, complete, known, losing, invalid, expired } = result
  const from = source === '-' ? 'standard input' : sanitize(source)
  const why = rejects === null ? '' : ` (why: ${sanitize(rejects)})`
  return renderFacts([
    ['source', `${from}, ${format}`],
    [
      'read',
      complete ? count(result.read) : `${count(result.read)}, ${out.red('interrupted before the end')}`,
    ],
    ['new', out.green(count(result.new))],
    ['known', count(known)],
    ['losing', count(losing)],
    ['invalid', invalid === 0 ? '0' : out.red(count(invalid)) + why],
    ['expired', expired === null ? 'not known without the chain' : count(expired)],
    ['store', sanitize(store)],
  ])
}
