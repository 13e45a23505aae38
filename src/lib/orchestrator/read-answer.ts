import type { Address } from 'viem'

import { RpcUnavailableError } from '../errors.ts'
import { rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { sanitize } from '../text/sanitize.ts'
import { readAddress, readUint256 } from '../wire/bytes.ts'
import type { OrchestratorInfo, PriceInfo } from '../wire/messages.ts'

/** What an orchestrator has told of itself; nothing of it is proven. */
export interface OrchestratorAnswer {
  /** Where it takes work. */
  readonly serviceUri: string
  /** undefined: it does not say */
  readonly address: Address | undefined
  /** wei for one pixel; undefined: it asks for nothing */
  readonly price: Rational | undefined
  readonly capabilities: readonly {
    /** go-livepeer's number of it */
    readonly capability: number
    readonly model: string
    /** wei for one of what is counted */
    readonly price: Rational
  }[]
  /** undefined: it offers no tickets, as a node without a chain */
  readonly ticketParams:
    | {
        readonly recipient: Address
        /** wei */
        readonly faceValue: bigint
        /** of 2^256 - 1 */
        readonly winProb: bigint
        /** L1 block */
        readonly expirationBlock: bigint
      }
    | undefined
}

const longestText = 200
const mostPrices = 1000

/**
 * Holds an answer against what it may be, and cleans its texts.
 *
 * @throws {RpcUnavailableError} ORCHESTRATOR_ANSWER_INVALID
 */
export function readAnswer(info: OrchestratorInfo, serviceUri: string): OrchestratorAnswer {
  const refuse = (why: string) =>
    new RpcUnavailableError('ORCHESTRATOR_ANSWER_INVALID', `the answer of ${serviceUri} is invalid: ${why}`, {
      details: { serviceUri },
    })
  const { ticketParams, priceInfo, capabilitiesPrices } = info
  if (capabilitiesPrices.length > mostPrices) throw refuse(`it has more than ${String(mostPrices)} prices`)
  return {
    serviceUri: clean(info.transcoder),
    address: info.address.length === 0 ? undefined : readAddress(info.address, 'address', refuse),
    price: priceInfo && readPrice(priceInfo, 'price_info', refuse),
    capabilities: capabilitiesPrices.map((price, index) => ({
      capability: price.capability,
      model: clean(price.constraint),
      price: readPrice(price, `capabilities_prices[${String(index)}]`, refuse),
    })),
    ticketParams: ticketParams && {
      recipient: readAddress(ticketParams.recipient, 'ticket_params.recipient', refuse),
      faceValue: readUint256(ticketParams.faceValue, 'ticket_params.face_value', refuse),
      winProb: readUint256(ticketParams.winProb, 'ticket_params.win_prob', refuse),
      expirationBlock: readUint256(ticketParams.expirationBlock, 'ticket_params.expiration_block', refuse),
    },
  }
}

function readPrice(
  { pricePerUnit, pixelsPerUnit }: PriceInfo,
  name: string,
  refuse: (why: string) => Error,
): Rational {
  // More than int64 comes out below zero.
  if (pricePerUnit < 0n) throw refuse(`${name}.pricePerUnit is negative or above int64`)
  if (pixelsPerUnit <= 0n) throw refuse(`${name}.pixelsPerUnit is not above zero`)
  return rational(pricePerUnit, pixelsPerUnit)
}

function clean(text: string): string {
  return sanitize(text.slice(0, longestText))
}
