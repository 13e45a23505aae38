import { compareRational } from '../../pm/rational.ts'
import { formatPrice } from '../../pricing/price.ts'
import { formatWei } from '../../units/wei.ts'
import { describeJob, weiPerBilledUnit } from '../priced-jobs.ts'
import type { PricedJob } from '../priced-jobs.ts'
import type { GatewayLimits, OrchestratorPrices, PriceFile } from '../types.ts'
import { error, warning } from './finding.ts'
import type { Finding, LintOptions } from './finding.ts'
import { defaults } from './lint-tickets.ts'

/** What contradicts itself, the other half of the file, or what nearly everybody else has. */
export function lintLimits(
  { orchestrator, gateway }: PriceFile,
  jobs: readonly PricedJob[],
  options: LintOptions,
): readonly Finding[] {
  return [
    ...(orchestrator ? lintOrchestrator(orchestrator) : []),
    ...(gateway ? lintGateway(gateway) : []),
    ...(orchestrator && gateway ? lintBoth(orchestrator, gateway, jobs, options) : []),
  ]
}

function lintOrchestrator({
  ticketEvWei = defaults.ticketEvWei,
  maxFaceValueWei,
  transcoding,
  gateways,
}: OrchestratorPrices): readonly Finding[] {
  const ev = 'orchestrator.ticketEv'
  return [
    ...(ticketEvWei === 0n
      ? [error('TICKET_EV_ZERO', ev, 'tickets of expected value 0 pay nothing, and a node refuses to start')]
      : []),
    ...(ticketEvWei > defaults.maxTicketEvWei
      ? [
          warning(
            'TICKET_EV_ABOVE_DEFAULT',
            ev,
            `gateways refuse tickets of an EV above ${gwei(defaults.maxTicketEvWei)} unless they set -maxTicketEV`,
          ),
        ]
      : []),
    ...(maxFaceValueWei !== undefined && maxFaceValueWei > 0n && maxFaceValueWei <= ticketEvWei
      ? [
          error(
            'FACE_VALUE_BELOW_EV',
            'orchestrator.maxFaceValue',
            `it must be above the ticket EV, ${gwei(ticketEvWei)}: a ticket's face value is`,
          ),
        ]
      : []),
    ...(transcoding === undefined && gateways.size > 0
      ? [
          warning(
            'TRANSCODING_MISSING',
            'orchestrator.gateways',
            'no price is there for gateways that have none of their own',
          ),
        ]
      : []),
  ]
}

function lintGateway({
  maxPrice,
  capabilities,
  depositMultiplier,
  ...limits
}: GatewayLimits): readonly Finding[] {
  const { maxTicketEvWei = defaults.maxTicketEvWei, maxTotalEvWei = defaults.maxTotalEvWei } = limits
  const [ev, total] = ['gateway.maxTicketEv', 'gateway.maxTotalEv']
  return [
    ...(maxTicketEvWei < defaults.ticketEvWei
      ? [
          warning(
            'MAX_TICKET_EV_BELOW_DEFAULT',
            ev,
            `orchestrators ask for tickets of an EV of ${gwei(defaults.ticketEvWei)} unless they set -ticketEV: nearly all are refused`,
          ),
        ]
      : []),
    ...(maxTotalEvWei < maxTicketEvWei
      ? [
          error(
            'LIMITS_CONTRADICT',
            limits.maxTotalEvWei !== undefined ? total : ev,
            `maxTotalEv (${gwei(maxTotalEvWei)}) is below maxTicketEv (${gwei(maxTicketEvWei)}): one ticket can be too much for a payment`,
          ),
        ]
      : []),
    ...(depositMultiplier === 0n
      ? [
          error(
            'DEPOSIT_MULTIPLIER_ZERO',
            'gateway.depositMultiplier',
            'face values are compared with the deposit divided by it',
          ),
        ]
      : []),
    ...(maxPrice === undefined && capabilities.length === 0
      ? [warning('MAX_PRICE_MISSING', 'gateway', 'without a maximum any price is paid')]
      : []),
  ]
}

function lintBoth(
  orchestrator: OrchestratorPrices,
  gateway: GatewayLimits,
  jobs: readonly PricedJob[],
  { rate }: LintOptions,
): readonly Finding[] {
  const ticketEvWei = orchestrator.ticketEvWei ?? defaults.ticketEvWei
  const maxTicketEvWei = gateway.maxTicketEvWei ?? defaults.maxTicketEvWei
  const limits = jobs.filter(({ side }) => side === 'gateway')
  return [
    ...jobs
      .filter(({ side }) => side === 'orchestrator')
      .flatMap((job) => {
        const limit = limitOf(job, limits)
        const [wei, most] = [weiPerBilledUnit(job, rate), limit && weiPerBilledUnit(limit, rate)]
        if (!limit || !wei || !most || compareRational(wei, most) <= 0) return []
        return [
          warning(
            'PRICE_ABOVE_OWN_MAXIMUM',
            job.path,
            `${describeJob(job)}: ${formatPrice(job.price)} is more than the gateway of the same file pays (${formatPrice(limit.price)})`,
          ),
        ]
      }),
    ...(ticketEvWei > maxTicketEvWei
      ? [
          warning(
            'TICKET_EV_ABOVE_OWN_MAXIMUM',
            'orchestrator.ticketEv',
            `the gateway of the same file refuses tickets of an EV above ${gwei(maxTicketEvWei)}`,
          ),
        ]
      : []),
  ]
}

/** By capability and model, then the capability's default, then the global one. */
function limitOf(job: PricedJob, limits: readonly PricedJob[]): PricedJob | undefined {
  const ofPipeline = limits.filter(({ pipeline, model }) => model !== undefined && pipeline === job.pipeline)
  return (
    ofPipeline.find(({ model }) => model === job.model) ??
    ofPipeline.find(({ model }) => model === 'default') ??
    limits.find(({ model }) => model === undefined)
  )
}

function gwei(wei: bigint): string {
  return `${formatWei(wei, 'gwei')} gwei`
}
