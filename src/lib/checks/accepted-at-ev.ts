import { judgeAcceptance } from '../sender/acceptance.ts'
import { formatWei } from '../units/wei.ts'
import { defineCheck } from './define-check.ts'
import { amount } from './limits.ts'
import { theSender } from './scopes.ts'

export const acceptedAtEv = defineCheck({
  name: 'accepted-at-ev',
  description: 'orchestrators with this ticket EV accept the sender at the present gas price',
  scope: theSender,
  limit: amount,
  run(sender, ticketEvWei) {
    const { accepted, reasons, faceValueWei } = judgeAcceptance(sender, ticketEvWei)
    return {
      ok: accepted,
      value: { text: accepted ? 'accepted' : 'refused' },
      explanation: accepted
        ? `with tickets of ${formatWei(faceValueWei)} ETH`
        : reasons.map(({ explanation }) => explanation).join('; '),
    }
  },
})
