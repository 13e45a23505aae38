import type { Candidate } from './candidate.ts'
import { depositNeeded, faceValueOf } from './funds.ts'
import type { Funds } from './funds.ts'
import { redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { hasteOf } from './haste.ts'
import { chooseItems } from './knapsack.ts'
import { compare, sumOf } from './lists.ts'

/** In thousandths of what could be reached at best. */
const goodEnough = 999n

/** Up to so many tickets of several recipients are chosen together. */
const fewTickets = 12

/** A choice among one sender's tickets. */
interface Choice {
  readonly payable: readonly Candidate[]
  readonly funds: Funds
  readonly model: GasModel
  /** Steps of each search. */
  readonly steps: number
}

/**
 * Chooses which of a sender's tickets to redeem when the funds are not enough for all: the greatest payout less the gas
 * of each by itself, with a bonus of up to 1/256 for what expires first. A search stops at 99.9 % of what could be
 * reached.
 *
 * @param steps of a search
 */
export function chooseTickets(
  candidates: readonly Candidate[],
  funds: Funds,
  model: GasModel,
  steps: number,
): readonly Candidate[] {
  if (faceValueOf(candidates) <= funds.depositWei) return candidates
  const payable = candidates.filter((candidate) => canPay(candidate, funds, model))
  if (canPayAll(payable, funds)) return payable
  const choice = { payable, funds, model, steps }
  const recipients = new Set(payable.map(({ recipient }) => recipient))
  if (recipients.size === 1) return topUp(choose(choice, payable, recipients, funds.depositWei), choice)
  const choices =
    payable.length <= fewTickets
      ? [choose(choice, payable, recipients, funds.depositWei, (group) => canPayAll(group, funds)), []]
      : [chooseApart(choice, recipients, 'depositFirst'), chooseApart(choice, recipients, 'slicesFirst')]
  const worth = (group: readonly Candidate[]) => sumOf(group, (candidate) => valueOf(candidate, funds, model))
  return choices
    .map((chosen) => topUp(payableOf(chosen, funds), choice))
    .reduce((best, chosen) => (worth(chosen) > worth(best) ? chosen : best))
}

/** Chooses among tickets from the deposit, or a part of it, and the slices of some recipients. */
function choose(
  { funds, model, steps }: Choice,
  candidates: readonly Candidate[],
  recipients: ReadonlySet<string>,
  depositWei: bigint,
  isAllowed?: (group: readonly Candidate[]) => boolean,
): readonly Candidate[] {
  const accounts = [...recipients]
  const slices = accounts.map((recipient) => {
    const candidate = candidates.find((one) => one.recipient === recipient)
    return candidate === undefined ? 0n : funds.slice(candidate)
  })
  // Without recipients all have one account, which is empty.
  const own = slices.length === 0 ? [0n] : slices
  const items = candidates.map((candidate) => ({
    weight: candidate.ticket.faceValue,
    value: valueOf(candidate, funds, model),
    account: Math.max(0, accounts.indexOf(candidate.recipient)),
  }))
  const pick = (chosen: readonly number[]) => chosen.flatMap((index) => candidates[index] ?? [])
  const allowed = isAllowed === undefined ? undefined : (chosen: readonly number[]) => isAllowed(pick(chosen))
  return pick(chooseItems(items, { shared: depositWei, own }, { steps, goodEnough }, allowed))
}

/** Fills the deposit and each recipient's slice by itself, as only one ticket can be paid from both. */
function chooseApart(
  choice: Choice,
  recipients: ReadonlySet<string>,
  order: 'depositFirst' | 'slicesFirst',
): readonly Candidate[] {
  const chosen: Candidate[] = []
  const fill = (recipient: ReadonlySet<string>, depositWei: bigint, isOf: (one: Candidate) => boolean) => {
    const taken = new Set(chosen)
    const open = choice.payable.filter((candidate) => isOf(candidate) && !taken.has(candidate))
    chosen.push(...choose(choice, open, recipient, depositWei))
  }
  const fillDeposit = () => fill(new Set(), choice.funds.depositWei, () => true)
  if (order === 'depositFirst') fillDeposit()
  for (const recipient of recipients) fill(new Set([recipient]), 0n, (one) => one.recipient === recipient)
  if (order === 'slicesFirst') fillDeposit()
  return chosen
}

function canPayAll(candidates: readonly Candidate[], funds: Funds): boolean {
  return depositNeeded(candidates, funds) <= funds.depositWei
}

/** Without the smallest until an order is found in which all can be paid. */
function payableOf(candidates: readonly Candidate[], funds: Funds): readonly Candidate[] {
  const group = [...candidates].sort((a, b) => compare(b.ticket.faceValue, a.ticket.faceValue))
  while (!canPayAll(group, funds)) group.pop()
  return group
}

/** Whether the funds bear the ticket alone, and the ticket its gas. */
function canPay(candidate: Candidate, funds: Funds, model: GasModel): boolean {
  const { faceValue } = candidate.ticket
  return (
    faceValue <= funds.depositWei + funds.slice(candidate) &&
    gasWei(candidate, funds, model) <= candidate.budgetWei
  )
}

function gasWei({ ticket }: Candidate, funds: Funds, model: GasModel): bigint {
  const draw = ticket.faceValue > funds.depositWei ? redemptionGas.reserveDraw : 0n
  return (model.ticket + draw) * model.priceWei
}

/** In units of 1/256 wei. */
function valueOf(candidate: Candidate, funds: Funds, model: GasModel): bigint {
  const netWei = candidate.ticket.faceValue - gasWei(candidate, funds, model)
  return netWei * 256n + hasteOf(candidate, netWei)
}

/** How often to ask whether one more of the tickets of several recipients can be paid. */
const mostTrials = 20

/** Adds what still fits, largest first: a search that stopped early may leave some. */
function topUp(chosen: readonly Candidate[], { payable, funds }: Choice): readonly Candidate[] {
  const taken = new Set(chosen)
  const rest = payable.filter((candidate) => !taken.has(candidate))
  const slices = new Map(payable.map((candidate) => [candidate.recipient, funds.slice(candidate)]))
  let leftWei = funds.depositWei - faceValueOf(chosen)
  for (const wei of slices.values()) leftWei += wei
  const group = [...chosen]
  let trials = 0
  for (const candidate of rest.sort((a, b) => compare(b.ticket.faceValue, a.ticket.faceValue))) {
    if (candidate.ticket.faceValue > leftWei) continue
    if (slices.size > 1) {
      trials += 1
      if (trials > mostTrials) break
      if (!canPayAll([...group, candidate], funds)) continue
    }
    group.push(candidate)
    leftWei -= candidate.ticket.faceValue
  }
  return group
}
