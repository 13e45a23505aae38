import type { Payment } from './candidate.ts'
import { spareOf } from './carry.ts'
import type { Funds } from './funds.ts'
import { redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { sumOf } from './lists.ts'
import { payInOrder } from './pay-order.ts'
import type { SenderPayments } from './pay-order.ts'

/** Of so many payments each is tried; of more, one draw is next to nothing. */
const mostPayments = 16

/**
 * Leaves out payments one by one while that is worth more than they spare: without one the deposit may pay another
 * whole, which saves the gas of a draw on the reserve.
 */
export function withoutCostlyDraws(group: SenderPayments, funds: Funds, model: GasModel): SenderPayments {
  const { sender, payments } = group
  const drawWei = drawGasWei(payments, model)
  if (payments.length > mostPayments || payments.every((payment) => spareOf(payment, model) >= drawWei)) {
    return group
  }
  const spareWei = (all: readonly Payment[]) =>
    sumOf(all, ({ budgetWei }) => budgetWei - model.ticket * model.priceWei) - drawGasWei(all, model)
  const better = payments
    .flatMap((payment) => {
      const rest = payments.filter((other) => other !== payment).map(({ candidate }) => candidate)
      return payInOrder(sender, rest, funds) ?? []
    })
    .reduce((best, one) => (spareWei(one.payments) > spareWei(best.payments) ? one : best), group)
  return better === group ? group : withoutCostlyDraws(better, funds, model)
}

function drawGasWei(payments: readonly Payment[], model: GasModel): bigint {
  const drawing = payments.filter(({ drawsOnReserve }) => drawsOnReserve)
  const pairs = new Set(drawing.map(({ candidate }) => candidate.pair))
  const gas =
    BigInt(drawing.length) * redemptionGas.reserveDraw + BigInt(pairs.size) * redemptionGas.reservePair
  return gas * model.priceWei
}
