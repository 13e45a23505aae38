import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Address, Hex } from 'viem'

import type { Ticket } from '../../src/lib/pm/ticket.ts'

/** A ticket as the shared vectors write it: amounts are decimal strings, small integers are numbers. */
interface TicketVector {
  readonly recipient: Address
  readonly sender: Address
  readonly faceValue: string
  readonly winProb: string
  readonly senderNonce: number
  readonly recipientRandHash: Hex
  readonly creationRound: number
  readonly creationRoundBlockHash: Hex
}

interface FaceValueVectors<Case> {
  readonly config: { readonly ev: string; readonly redeemGas: number; readonly txCostMultiplier: number }
  readonly cases: readonly (Case & { readonly gasPrice: string })[]
}

interface Vectors {
  readonly ticketHash: readonly { readonly ticket: TicketVector; readonly hash: Hex }[]
  readonly auxData: readonly {
    readonly creationRound: number
    readonly creationRoundBlockHash: Hex
    readonly auxData: Hex
  }[]
  readonly signature: readonly {
    readonly message: Hex
    readonly sig: Hex
    readonly signer?: Address
    readonly error?: string
  }[]
  readonly faceValueAndWinProb: FaceValueVectors<{
    readonly maxFloat: string
    readonly faceValue?: string
    readonly winProb?: string
    readonly error?: string
  }>
  readonly faceValueAndWinProbL2: FaceValueVectors<{ readonly faceValue: string; readonly winProb: string }>
  readonly recipientRand: readonly {
    readonly secret: Hex
    readonly seed: string
    readonly sender: Address
    readonly faceValue: string
    readonly winProb: string
    readonly expirationBlock: string
    readonly price: string
    readonly creationRound: number
    readonly creationRoundBlockHash: Hex
    readonly recipientRand: Hex
    readonly recipientRandHash: Hex
  }[]
  readonly maxFloat: readonly {
    readonly reserve: string
    readonly poolSize: number
    readonly claimed: string
    readonly pending: string
    readonly deposit: string
    readonly maxFloat: string
  }[]
  readonly senderStatus: readonly {
    readonly deposit: string
    readonly reserve: string
    readonly withdrawRound: number
    readonly round: number
    readonly status: string
  }[]
  readonly autoAdjustPrice: readonly {
    readonly price: string
    readonly multiplier: number | string
    readonly advertised: string
  }[]
  readonly priceSyntax: readonly {
    readonly in: string
    readonly amount?: string
    readonly currency?: string
    readonly error?: boolean
  }[]
  readonly transcodePixels: readonly {
    readonly profiles: readonly [width: number, height: number, fps: number][]
    readonly seconds: number
    readonly pixels: string
  }[]
  readonly transcodeFee: readonly { readonly pixels: string; readonly price: string; readonly fee: string }[]
  readonly livePayments: readonly {
    readonly type: 'live' | 'fixed'
    readonly ev: string
    readonly pricePerSecond?: string
    readonly price?: string
    readonly firstTickets: number
    readonly balance: string
    readonly after12sTickets?: number
    readonly balanceAfter12s?: string
  }[]
  readonly numTickets: readonly {
    readonly credit: string
    readonly minCredit: string
    readonly ev: string
    readonly tickets: number
  }[]
}

/** The vectors that all implementations share. */
export const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'vectors.json'), 'utf8'),
) as Vectors

export function ticketOf(vector: TicketVector): Ticket {
  const { faceValue, winProb, senderNonce, creationRound, ...rest } = vector
  return {
    ...rest,
    faceValue: BigInt(faceValue),
    winProb: BigInt(winProb),
    senderNonce: BigInt(senderNonce),
    creationRound: BigInt(creationRound),
  }
}
