import type { Payment } from './candidate.ts'
import { meterBatch, redemptionGas } from './gas-model.ts'
import type { BatchMeter, GasModel } from './gas-model.ts'
import { sumOf } from './lists.ts'
import { makeUnits } from './order.ts'
import type { Unit } from './order.ts'
import type { SenderPayments } from './pay-order.ts'
import type { PlanOptions } from './types.ts'

/** The payments of one transaction, in their order. */
export interface Laid {
  readonly payments: readonly Payment[]
  readonly gas: bigint
}

/** What is chosen to be redeemed, and the batches of it. */
export interface Chosen {
  readonly groups: readonly SenderPayments[]
  readonly batches: readonly Laid[]
}

/** How far ahead to look for a unit that fits a batch better than the one whose turn it is. */
const lookAhead = 16

/** With so few units each is tried as the first of all. */
const fewUnits = 16

type Limits = Pick<PlanOptions, 'maxTicketsPerBatch' | 'maxGasPerBatch'>

/**
 * Lays payments into batches, each full before the next begins. Of the units whose turn it nearly is, the next is the
 * one that saves the most gas: of a sender and a recipient that the batch has, and not torn.
 */
export function layOut(groups: readonly SenderPayments[], model: GasModel, limits: Limits): Laid[] {
  const units = makeUnits(groups)
  const plain = layUnits(units, model, limits)
  if (plain.length < 2 || units.length > fewUnits) return plain
  const starts = units.filter(({ rank }) => rank === units[0]?.rank)
  return starts
    .map((start) => layUnits([start, ...units.filter((unit) => unit !== start)], model, limits))
    .reduce((least, laid) => (gasOf(laid) < gasOf(least) ? laid : least), plain)
}

/** The gas of all batches. */
export function gasOf(batches: readonly Laid[]): bigint {
  return sumOf(batches, ({ gas }) => gas)
}

function layUnits(units: readonly Unit[], model: GasModel, limits: Limits): Laid[] {
  // From the back, where taking from an array is cheap.
  const waiting = [...units].reverse()
  const paid = new Set<string>()
  const batches: Laid[] = []
  let batch = openBatch(model, paid)
  for (let unit = takeNext(waiting, batch, limits); unit !== undefined;) {
    const rest = fill(batch, unit.payments, limits)
    if (rest.length === 0) {
      unit = takeNext(waiting, batch, limits)
      continue
    }
    batches.push(close(batch))
    batch = openBatch(model, paid)
    unit = { ...unit, payments: rest }
  }
  if (batch.payments.length > 0) batches.push(close(batch))
  return batches
}

interface OpenBatch {
  readonly payments: Payment[]
  readonly meter: BatchMeter
}

function openBatch(model: GasModel, paid: Set<string>): OpenBatch {
  return { payments: [], meter: meterBatch(model, paid) }
}

/** Takes payments into a batch while there is room; returns the rest. */
function fill({ payments, meter }: OpenBatch, more: readonly Payment[], limits: Limits): readonly Payment[] {
  for (const [index, payment] of more.entries()) {
    const isFull = payments.length >= limits.maxTicketsPerBatch
    if (isFull || meter.gasWith(payment) > limits.maxGasPerBatch) return more.slice(index)
    meter.add(payment)
    payments.push(payment)
  }
  return []
}

function close({ payments, meter }: OpenBatch): Laid {
  return { payments, gas: meter.gas() }
}

function takeNext(waiting: Unit[], batch: OpenBatch, { maxTicketsPerBatch }: Limits): Unit | undefined {
  const room = maxTicketsPerBatch - batch.payments.length
  const turn = waiting.at(-1)
  let best = waiting.length - 1
  let mostSaved: bigint | undefined
  for (let at = waiting.length - 1; at >= 0 && at > waiting.length - 1 - lookAhead; at--) {
    const unit = waiting[at]
    if (unit === undefined || unit.rank !== turn?.rank) break
    const saved = gasSaved(unit, batch, room)
    if (mostSaved === undefined || saved > mostSaved) {
      best = at
      mostSaved = saved
    }
  }
  return waiting.splice(best, 1)[0]
}

/** The gas that a unit saves in this batch against a new one: what is there already, less what comes of tearing it. */
function gasSaved({ sender, recipient, payments }: Unit, { meter }: OpenBatch, room: number): bigint {
  const draw = payments.find(({ drawsOnReserve }) => drawsOnReserve)
  const pairGas = draw === undefined ? 0n : redemptionGas.reservePair
  return (
    (meter.senders.has(sender) ? redemptionGas.sender : 0n) +
    (meter.recipients.has(recipient) ? redemptionGas.recipient : 0n) +
    (draw !== undefined && meter.pairs.has(draw.candidate.pair) ? pairGas : 0n) -
    (payments.length > room ? redemptionGas.sender + pairGas : 0n)
  )
}
