import { formatShort } from '../lib/pm/rational.ts'
import type { Rate } from '../lib/pricing/rate.ts'
import { formatDuration } from '../lib/units/duration.ts'

/** Which rate an answer is made with, and from when: `1 ETH = 2513.27 USD, as given`. */
export function rateLine({ currency, perEth, source }: Rate, now = Date.now()): string {
  const worth = `1 ETH = ${formatShort(perEth, 8)} ${currency}`
  if (source.kind === 'given') return `${worth}, as given`
  const age = formatDuration(Math.max(0, (now - Date.parse(source.updatedAt)) / 1000))
  return `${worth}, Chainlink's ${source.description} of ${source.updatedAt}, ${age} ago`
}
