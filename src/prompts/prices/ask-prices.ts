import { parseAddress } from '../../lib/account/address.ts'
import { DeclinedError } from '../../lib/errors.ts'
import type { PriceAnswer } from '../../lib/pricefile/new-price-file.ts'
import { billedUnit, pipelineNames, pricesSeen, unitName } from '../../lib/pricefile/pipelines.ts'
import type { Side } from '../../lib/pricefile/pipelines.ts'
import { checkPriceValue, parsePriceKey } from '../../lib/pricefile/price-key.ts'
import { parseModel } from '../../lib/pricefile/values.ts'
import { questionsWith } from '../questions.ts'

const questions = questionsWith('nothing was written')

/**
 * Asks for what a price file holds.
 *
 * @throws {DeclinedError} PROMPT_CANCELLED
 */
export async function askPrices(): Promise<readonly PriceAnswer[]> {
  const sides = await questions.choice<readonly Side[]>('Prices of', [
    { name: 'an orchestrator: what it asks for', value: ['orchestrator'] },
    { name: 'a gateway: what it pays at most', value: ['gateway'] },
    { name: 'both', value: ['orchestrator', 'gateway'] },
  ])
  const answers: PriceAnswer[] = []
  for (const side of sides) {
    answers.push(...(side === 'orchestrator' ? await askOrchestrator() : await askGateway()))
  }
  return answers
}

/**
 * Asks before the file is written.
 *
 * @throws {DeclinedError} DECLINED, PROMPT_CANCELLED
 */
export async function confirmPrices(path: string): Promise<void> {
  if (await questions.yes(`Write ${path}?`, true)) return
  throw new DeclinedError('DECLINED', 'declined; nothing was written', { nextSteps: ['lp-pay price init'] })
}

async function askOrchestrator(): Promise<readonly PriceAnswer[]> {
  return [
    await askValue('orchestrator.transcoding', 'Price of transcoding', '1200wei/pixel'),
    ...(await askGateways()),
    ...(await askCapabilities('orchestrator', 'Add a price of an AI capability?')),
    await askValue('orchestrator.ticketEv', 'Expected value of a ticket', '8gwei'),
    await askValue('orchestrator.maxFaceValue', 'Maximum face value of a ticket (0: none)', '0'),
    {
      key: 'orchestrator.autoAdjustPrice',
      value: String(await questions.yes('Let the price pay for redemptions too?', true)),
    },
  ]
}

async function askGateway(): Promise<readonly PriceAnswer[]> {
  return [
    await askValue('gateway.maxPrice', 'Maximum price', '2000wei/pixel'),
    ...(await askCapabilities('gateway', 'Add a maximum for an AI capability?')),
    await askValue('gateway.maxTicketEv', 'Maximum expected value of a ticket', '3000gwei'),
    await askValue('gateway.maxTotalEv', 'Maximum expected value of one payment', '20000gwei'),
    await askValue(
      'gateway.depositMultiplier',
      'How many times a face value the deposit must be at least',
      '1',
    ),
  ]
}

async function askGateways(): Promise<readonly PriceAnswer[]> {
  const answers: PriceAnswer[] = []
  while (await questions.yes('Add a price for one gateway?', false)) {
    const gateway = await questions.text({ message: 'Its address', check: parseAddress })
    answers.push(await askValue(`orchestrator.gateways.${gateway.trim()}`, 'Its price', '1200wei/pixel'))
  }
  return answers
}

async function askCapabilities(side: Side, message: string): Promise<readonly PriceAnswer[]> {
  const answers: PriceAnswer[] = []
  while (await questions.yes(message, false)) {
    const pipeline = await questions.choice(
      'Capability',
      pipelineNames.map((name) => ({ name, value: name })),
    )
    const model = await questions.text({
      message: 'Model (default: every one)',
      proposal: 'default',
      check: parseModel,
    })
    const [seen] = pricesSeen(pipeline) ?? []
    const unit = unitName(billedUnit(pipeline, side))
    answers.push(
      await askValue(
        `${side}.capabilities.${pipeline}/${model}`,
        'Its price',
        seen === undefined ? undefined : `${String(seen)}wei/${unit}`,
      ),
    )
  }
  return answers
}

async function askValue(key: string, message: string, proposal: string | undefined): Promise<PriceAnswer> {
  const parsed = parsePriceKey(key)
  const value = await questions.text({ message, proposal, check: (text) => checkPriceValue(parsed, text) })
  return { key, value }
}
