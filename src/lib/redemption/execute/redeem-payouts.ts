import type { Address } from 'viem'

import { payout } from '../../pm/payout.ts'
import { claimableKey } from '../plan/claimable-key.ts'
import type { PlanChain } from '../plan/types.ts'

/**
 * What the contract pays for each of some tickets, in wei, when it goes through them in this order.
 *
 * @param chain with the funds of every sender, and what every recipient can claim
 */
export function payoutsInOrder(
  tickets: readonly { readonly sender: Address; readonly recipient: Address; readonly faceValue: bigint }[],
  chain: PlanChain,
): bigint[] {
  const deposits = new Map<string, bigint>()
  const slices = new Map<string, bigint>()
  return tickets.map(({ sender, recipient, faceValue }) => {
    const holder = sender.toLowerCase()
    const slice = claimableKey(sender, recipient)
    const depositWei = deposits.get(holder) ?? chain.senders.get(holder)?.depositWei ?? 0n
    const claimableReserveWei = slices.get(slice) ?? chain.claimable.get(slice) ?? 0n
    const { payoutWei, fromDepositWei, fromReserveWei } = payout(faceValue, {
      depositWei,
      claimableReserveWei,
    })
    deposits.set(holder, depositWei - fromDepositWei)
    slices.set(slice, claimableReserveWei - fromReserveWei)
    return payoutWei
  })
}
