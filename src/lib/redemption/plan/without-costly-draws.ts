import type { Payment } from './candidate.ts'
import { spareOf } from './carry.ts'
import type { Funds } from './funds.ts'
import { redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { payInOrder } from './pay-order.ts'
import type { SenderPayments } from './pay-order.ts'

/** Of so many payments each is tried; of more, one draw is next to nothing. */
const mostPayments = 32

/**
 * Leaves out payments one by one while that is worth more than they spare: without one the deposit may pay another
 * whole, which saves the gas of a draw on the reserve.
 */
export function withoutCostlyDraws(group: SenderPayments, funds: Funds, model: GasModel): SenderPayments {
  let best = group
  for (;;) {
    const { sender, payments } = best
    if (payments.length > mostPayments || !payments.some(({ drawsOnReserve }) => drawsOnReserve)) return best
    const fewer = payments.flatMap((payment) => {
      const rest = payments.filter((other) => other !== payment).map(({ candidate }) => candidate)
      return payInOrder(sender, rest, funds) ?? []
    })
    const better = fewer.reduce(
      (found, one) => (spareOfAll(one.payments, model) > spareOfAll(found.payments, model) ? one : found),
      best,
    )
    if (better === best) return best
    best = better
  }
}

function spareOfAll(payments: readonly Payment[], model: GasModel): bigint {
  const drawing = payments.filter(({ drawsOnReserve }) => drawsOnReserve)
  const pairs = new Set(drawing.map(({ candidate }) => candidate.pair))
  const pairWei = BigInt(pairs.size) * redemptionGas.reservePair * model.priceWei
  return payments.reduce((sum, payment) => sum + spareOf(payment, model), -pairWei)
}
