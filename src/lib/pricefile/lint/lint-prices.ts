import { compareRational, floorRational, formatShort, multiplyRational, rational } from '../../pm/rational.ts'
import type { Rational } from '../../pm/rational.ts'
import { needsRate } from '../../pricing/rate.ts'
import { closest } from '../../text/closest.ts'
import { pipelineNames, pricesSeen, unitName } from '../pipelines.ts'
import { describeJob, describeUnit, isForBilledUnit, weiPerBilledUnit } from '../priced-jobs.ts'
import type { PricedJob } from '../priced-jobs.ts'
import { error, warning } from './finding.ts'
import type { Finding, LintOptions } from './finding.ts'

const maxInt64 = 2n ** 63n - 1n

/** A unit mistaken by thousand is suspected from here on. */
const suspicious = 200n

/** What is wrong with each price by itself, and with their currencies together. */
export function lintPrices(jobs: readonly PricedJob[], { rate }: LintOptions): readonly Finding[] {
  return [
    ...jobs.flatMap((job) => [...lintJob(job), ...lintWei(job, weiPerBilledUnit(job, rate))]),
    ...lintCurrencies(jobs),
  ]
}

/** The currencies whose prices were not turned into wei. */
export function currenciesWithoutRate(jobs: readonly PricedJob[], { rate }: LintOptions): readonly string[] {
  const missing = jobs
    .map(({ price }) => price.currency)
    .filter((currency) => needsRate(currency) && currency !== rate?.currency)
  return [...new Set(missing)]
}

function lintJob(job: PricedJob): readonly Finding[] {
  const { path, pipeline, price, unit } = job
  const findings: Finding[] = []
  const isKnown = pipeline === 'transcoding' || pipelineNames.includes(pipeline)
  if (!isKnown) {
    const like = closest(pipeline, pipelineNames)
    findings.push(
      warning(
        'PIPELINE_UNKNOWN',
        path,
        `go-livepeer has no pipeline ${pipeline}`,
        like === undefined ? `it has ${pipelineNames.join(', ')}` : `did you mean ${like}?`,
      ),
    )
  }
  if (isKnown && !isForBilledUnit(job)) {
    findings.push(
      error(
        'UNIT_WRONG',
        path,
        `${pipeline} is not billed by the ${price.unit.quantity}: a price for one ${describeUnit(price)} means nothing to a node`,
        `say it for a ${unit.quantity}; lp-pay price convert does the sum`,
      ),
    )
  }
  if (pipeline === 'text-to-speech') {
    findings.push(
      warning(
        'TEXT_TO_SPEECH_MISMATCH',
        path,
        'for text-to-speech a gateway pays by the byte and an orchestrator debits 1000 units a character: payments are 1000 times too small or prices 1000 times too high',
        'agree on a price with the other side before you offer it',
      ),
    )
  }
  return findings
}

function lintWei(job: PricedJob, wei: Rational | undefined): readonly Finding[] {
  if (wei === undefined) return []
  const { path, side, pipeline } = job
  const per = unitName(job.unit)
  const findings: Finding[] = []
  const whole = floorRational(wei)
  const isCapability = pipeline !== 'transcoding'
  if (isCapability && side === 'orchestrator') {
    if (whole === 0n) {
      findings.push(
        error(
          'PRICE_FLOORED_TO_ZERO',
          path,
          `${shown(wei)} wei/${per} is floored to 0: go-livepeer keeps whole wei for capabilities`,
          `ask 1wei/${per} at least`,
        ),
      )
    } else if (compareRational(multiplyRational(wei, rational(99n, 100n)), rational(whole)) > 0) {
      findings.push(
        warning(
          'PRICE_FLOORED',
          path,
          `${shown(wei)} wei/${per} is floored to ${whole.toString()}: go-livepeer keeps whole wei for capabilities`,
        ),
      )
    }
  }
  const thousandths = floorRational(multiplyRational(wei, rational(1000n)))
  if (!isCapability && thousandths === 0n) {
    findings.push(
      error('PRICE_TOO_SMALL', path, `less than a thousandth of a wei/${per} is advertised as nothing`),
    )
  }
  if (thousandths > maxInt64) {
    findings.push(
      error(
        'PRICE_OVERFLOW',
        path,
        `${whole.toString()} wei/${per} does not fit into the 64 bits of a price on the wire`,
      ),
    )
  }
  return [...findings, ...lintAgainstSeen(job, wei)]
}

function lintAgainstSeen(job: PricedJob, wei: Rational): readonly Finding[] {
  const seen = pricesSeen(job.pipeline)
  if (seen === undefined) return []
  const [lowest, highest] = seen
  const per = unitName(job.unit)
  const range = lowest === highest ? lowest.toString() : `${lowest.toString()} to ${highest.toString()}`
  const text = (how: string) =>
    `${describeJob(job)}: ${shown(wei)} wei/${per} is ${how} what is seen on the network (${range} wei/${per})`
  const hint = 'is it in wei, and for the right number of units?'
  if (compareRational(wei, rational(highest * suspicious)) > 0) {
    return [
      warning('PRICE_SUSPICIOUSLY_HIGH', job.path, text(`more than ${suspicious.toString()} times`), hint),
    ]
  }
  if (compareRational(multiplyRational(wei, rational(suspicious)), rational(lowest)) < 0) {
    return [
      warning('PRICE_SUSPICIOUSLY_LOW', job.path, text(`less than a ${suspicious.toString()}th of`), hint),
    ]
  }
  return []
}

/** A node has one feed. */
function lintCurrencies(jobs: readonly PricedJob[]): readonly Finding[] {
  return (['orchestrator', 'gateway'] as const).flatMap((side) => {
    const foreign = jobs.filter((job) => job.side === side && needsRate(job.price.currency))
    const [first] = foreign
    const other = foreign.find(({ price }) => price.currency !== first?.price.currency)
    if (first === undefined || other === undefined) return []
    return [
      error(
        'CURRENCIES_MIXED',
        other.path,
        `a node has one feed, so ${first.price.currency} and ${other.price.currency} cannot both be used`,
        'say one of the prices in the currency of the other, or in wei',
      ),
    ]
  })
}

function shown(wei: Rational): string {
  return formatShort(wei, 6)
}
