import { redeemGas, txCostMultiplier } from '../pm/ticket-parameters.ts'
import type { SenderState } from '../sender/read-sender.ts'
import { judgeOffer } from './judge-offer.ts'
import type { JudgedOffer, SpendingLimits } from './judge-offer.ts'
import type { OrchestratorTerms } from './offer.ts'

/** The same question at another gas price. */
export interface AtGasPrice extends JudgedOffer {
  /** of the present gas price */
  readonly times: bigint
  readonly gasPriceWei: bigint
}

const multiples = [1n, 2n, 5n, 10n, 20n, 50n, 100n, 200n, 500n, 1000n] as const

/** What becomes of an offer as gas grows dearer, until it is refused: the last is the first that is refused, if any. */
export function overGasPrices(
  sender: SenderState,
  terms: OrchestratorTerms,
  limits: SpendingLimits = {},
): AtGasPrice[] {
  const rows = multiples.map((times) => {
    const gasPriceWei = sender.gasPriceWei * times
    return { times, gasPriceWei, ...judgeOffer({ ...sender, gasPriceWei }, terms, limits) }
  })
  const refused = rows.findIndex(({ accepted }) => !accepted)
  return sender.gasPriceWei === 0n
    ? rows.slice(0, 1)
    : rows.slice(0, refused === -1 ? rows.length : refused + 1)
}

/**
 * The least gas price, in wei, above the present one at which a sender that is accepted is refused; undefined when it
 * never is. Only where the cost of redeeming passes the largest face value there can be, where a face value passes the
 * deposit, and where the gas begins to decide the face value, can acceptance end: each is tried.
 */
export function refusalGasPrice(
  sender: SenderState,
  terms: OrchestratorTerms,
  limits: SpendingLimits = {},
): bigint | undefined {
  const isRefusedAt = (gasPriceWei: bigint) => !judgeOffer({ ...sender, gasPriceWei }, terms, limits).accepted
  const present = sender.gasPriceWei
  if (isRefusedAt(present)) return undefined
  const { claimableWei } = judgeOffer(sender, terms, limits).offer
  const { maxFaceValueWei = 0n, ticketEvWei } = terms
  const cap = maxFaceValueWei > 0n && maxFaceValueWei < claimableWei ? maxFaceValueWei : claimableWei
  const perGasPrice = redeemGas * txCostMultiplier
  const turns = [
    cap / redeemGas + 1n,
    sender.depositWei / (limits.depositMultiplier ?? 1n) / perGasPrice + 1n,
    (ticketEvWei + perGasPrice - 1n) / perGasPrice,
  ]
  return turns
    .filter((gasPriceWei) => gasPriceWei > present && isRefusedAt(gasPriceWei))
    .reduce<bigint | undefined>((least, one) => (least === undefined || one < least ? one : least), undefined)
}
