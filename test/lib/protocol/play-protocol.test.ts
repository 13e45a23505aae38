import assert from 'node:assert/strict'

import fc from 'fast-check'
import { hashMessage, keccak256, recoverMessageAddress, toHex } from 'viem'
import type { Address, Hex } from 'viem'

import { isExpired } from '../../../src/lib/pm/expiry.ts'
import { recipientRandHash } from '../../../src/lib/pm/recipient-rand.ts'
import { maxSenderNonces } from '../../../src/lib/pm/receive-ticket.ts'
import { ticketHash } from '../../../src/lib/pm/ticket-hash.ts'
import { isWinner } from '../../../src/lib/pm/win.ts'
import { seededRandom } from '../../../src/lib/probability/random-source.ts'
import type { ProtocolOptions } from '../../../src/lib/protocol/options.ts'
import type { Parties } from '../../../src/lib/protocol/parties.ts'
import { playProtocol } from '../../../src/lib/protocol/play-protocol.ts'
import type { ProtocolReport } from '../../../src/lib/protocol/play-protocol.ts'
import { protocolEngine } from '../../../src/lib/protocol/protocol-engine.ts'
import type { Landing } from '../../../src/lib/protocol/redeem-winners.ts'
import { unpackTicket } from '../../../src/lib/protocol/unpack-ticket.ts'
import { layout } from '../../../src/lib/tickets/validation/packed-tickets.ts'
import { anyProtocolOptions, makeProtocolOptions } from './make-options.ts'

const engine = await protocolEngine()

interface Played {
  readonly report: ProtocolReport
  readonly tickets: readonly ReturnType<typeof unpackTicket>[]
  readonly landings: readonly Landing[]
  readonly parties: Parties | undefined
}

async function play(options: ProtocolOptions, seed = 1n): Promise<Played> {
  const tickets: ReturnType<typeof unpackTicket>[] = []
  const landings: Landing[] = []
  let parties: Parties | undefined
  const report = await playProtocol(options, seededRandom(seed), engine, {
    onParties: (made) => (parties = made),
    onTickets(packed) {
      for (let start = 0; start < packed.length; start += layout.end) {
        tickets.push(unpackTicket(packed.subarray(start, start + layout.end)))
      }
    },
    onLanding: (landing) => landings.push(landing),
  })
  return { report, tickets, landings, parties }
}

const sum = <T>(things: readonly T[], part: (thing: T) => bigint) =>
  things.reduce((total, thing) => total + part(thing), 0n)
const json = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))

describe('the protocol, played', () => {
  it('is the same for the same seed, to the byte, and another for another', async () => {
    const options = makeProtocolOptions()
    const [once, again, other] = [await play(options), await play(options), await play(options, 2n)]
    assert.equal(json(once.report), json(again.report))
    assert.equal(json(once.tickets), json(again.tickets))
    assert.notEqual(once.report.digest, other.report.digest)
  })

  it('is what it was in the version before', async () => {
    const { report } = await play(makeProtocolOptions())
    const { digest, sent, winners, sessions } = report
    assert.deepEqual(
      { digest, sent, winners, sessions },
      {
        digest: '0xcf1d9a3985d902d662dad9d3da46cdce40a2254a9e07e6680e26c0f87666aa23',
        sent: 178,
        winners: 22,
        sessions: 27,
      },
    )
  })

  it('makes tickets that the functions of lib/pm and viem find valid', async () => {
    const { tickets, report } = await play(makeProtocolOptions({ tickets: 60 }))
    assert.equal(tickets.length, report.sent)
    assert.equal(tickets.filter(isWinner).length, report.winners)
    for (const ticket of tickets) {
      assert.equal(recipientRandHash(ticket.recipientRand), ticket.recipientRandHash)
      const raw = ticketHash(ticket)
      const signer = await recoverMessageAddress({ message: { raw }, signature: ticket.sig })
      assert.equal(signer, ticket.sender)
    }
  })

  it('uses a nonce of a recipientRand once, and at most 600 of them', async () => {
    const options = makeProtocolOptions({
      ...{ senders: 1, orchestrators: 1, tickets: 1500, rounds: 1, roundLength: 50 },
      ticketEvWei: 10n ** 12n,
    })
    const { tickets, report } = await play(options)
    assert.equal(tickets.length, 1500)
    const nonces = new Map<Hex, bigint[]>()
    for (const { recipientRandHash: hash, senderNonce } of tickets) {
      nonces.set(hash, [...(nonces.get(hash) ?? []), senderNonce])
    }
    for (const used of nonces.values()) {
      assert.ok(used.length <= maxSenderNonces)
      assert.deepEqual(
        used,
        used.map((_, index) => BigInt(index + 1)),
      )
    }
    assert.equal(nonces.size, report.sessions)
  })

  it('loses no wei: what senders lost is what orchestrators got, and all of it is from tickets', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyProtocolOptions,
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        async (options, seed) => {
          const { report, landings } = await play(options, seed)
          const { senders, orchestrators } = report
          for (const { depositWei, reserveWei, paidWei } of senders) {
            assert.equal(depositWei + reserveWei + paidWei, options.depositWei + options.reserveWei)
            assert.ok(depositWei >= 0n && reserveWei >= 0n)
          }
          const paidWei = sum(senders, (sender) => sender.paidWei)
          assert.equal(
            paidWei,
            sum(orchestrators, (orchestrator) => orchestrator.paidWei),
          )
          const outcomes = landings.flatMap((landing) => landing.outcomes)
          assert.equal(
            paidWei,
            sum(outcomes, (outcome) => ('paidWei' in outcome ? outcome.paidWei : 0n)),
          )
          const last = report.moments.at(-1)
          assert.equal(
            (last?.depositWei ?? 0n) + (last?.reserveWei ?? 0n) + paidWei,
            BigInt(options.senders) * (options.depositWei + options.reserveWei),
          )
          for (const { winners, redeemed, expired, waiting } of orchestrators) {
            assert.equal(winners, redeemed + expired + waiting)
          }
          const refused = Object.values(report.refused).reduce((all, one) => all + one, 0)
          assert.equal(report.sent + refused, options.tickets)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('redeems no ticket twice, and none that has expired', async () => {
    const { landings } = await play(makeProtocolOptions({ depositWei: 10n ** 18n, rounds: 4 }))
    const redeemed = landings.flatMap(({ tickets, outcomes, round }) =>
      tickets
        .filter((_, index) => 'paidWei' in (outcomes[index] ?? {}))
        .map((ticket) => ({ ...ticket, round })),
    )
    assert.ok(redeemed.length > 10)
    assert.equal(new Set(redeemed.map(({ hash }) => hash)).size, redeemed.length)
    assert.ok(redeemed.every(({ creationRound, round }) => !isExpired(creationRound, 2n, round)))
  })

  it('lets tickets expire that gas makes not worth redeeming', async () => {
    const { report } = await play(
      makeProtocolOptions({
        ...{ gasPriceWei: 10n ** 11n, reserveWei: 10n ** 18n },
        ...{ faceValueWei: 4n * 10n ** 15n, ticketEvWei: 4n * 10n ** 14n },
      }),
    )
    assert.ok(sum(report.orchestrators, ({ expired }) => BigInt(expired)) > 0n)
    assert.equal(
      sum(report.orchestrators, ({ paidWei }) => paidWei),
      0n,
    )
  })

  it('has races, in which who comes second is paid less, or refused, by the rules of the year', async () => {
    const racing = (rules: '2022' | '2026') =>
      makeProtocolOptions({
        ...{ rules, senders: 1, orchestrators: 3, rounds: 1, redemptionsPerRound: 1, tickets: 60 },
        ...{ depositWei: 15n * 10n ** 14n, reserveWei: 3n * 10n ** 15n, ticketEvWei: 5n * 10n ** 14n },
      })
    const short = async (rules: '2022' | '2026') => {
      const { report } = await play(racing(rules))
      return {
        refusedOnChain: report.refusedOnChain,
        shortWei: sum(report.orchestrators, ({ shortWei }) => shortWei),
      }
    }
    assert.deepEqual(
      [await short('2022'), await short('2026')],
      [
        { refusedOnChain: 0, shortWei: 2n * 10n ** 15n },
        { refusedOnChain: 1, shortWei: 10n ** 15n },
      ],
    )
  })

  it('refuses a gateway without a reserve, in the words of go-livepeer', async () => {
    const { report } = await play(makeProtocolOptions({ reserveWei: 0n }))
    assert.deepEqual([report.sent, report.refused], [0, { 'insufficient sender reserve': 300 }])
  })

  it('gives what is known when it is interrupted', async () => {
    const stop = new AbortController()
    const report = await playProtocol(makeProtocolOptions(), seededRandom(1n), engine, {
      signal: stop.signal,
      onProgress(done) {
        if (done >= 100) stop.abort()
      },
    })
    assert.deepEqual([report.complete, report.wanted], [false, 100])
  })

  const refused: readonly (readonly [Partial<ProtocolOptions>, string, string])[] = [
    [{ senders: 0 }, 'PROTOCOL_OPTION_INVALID', 'senders must be from 1 to 1000'],
    [{ senders: Number.NaN }, 'PROTOCOL_OPTION_INVALID', 'senders must be from 1 to 1000'],
    [{ tickets: 1e18 }, 'PROTOCOL_OPTION_INVALID', 'tickets must be from 1 to 10000000'],
    [{ redemptionsPerRound: 0 }, 'PROTOCOL_OPTION_INVALID', 'redemptions per round must be from 1 to 100'],
    [{ ticketEvWei: 0n }, 'PROTOCOL_OPTION_INVALID', 'ticket EV and gas price must be above zero'],
    [{ depositWei: -1n }, 'PROTOCOL_OPTION_INVALID', 'deposit and reserve must not be below zero'],
    [{ poolSize: 2n }, 'PROTOCOL_OPTION_INVALID', 'the pool has 2 orchestrators, and 3 play'],
    [{ ticketEvWei: 10n ** 15n }, 'EV_NOT_BELOW_FACE_VALUE', 'the ticket EV must be below the face value'],
    [{ tickets: 2_000_000 }, 'WINNERS_TOO_MANY', 'that would have about 200000 winners, at most 100000'],
  ]
  for (const [changes, code, message] of refused) {
    it(`refuses ${json(changes)}`, async () => {
      await assert.rejects(play(makeProtocolOptions(changes)), { name: 'UsageError', code, message })
    })
  }
})

describe('signing for a simulation', () => {
  it('is what viem signs, and the same every time', async () => {
    const { privateKeyToAccount } = await import('viem/accounts')
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: 1n, max: 2n ** 255n }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        async (secret, raw) => {
          const privateKey = toHex(secret, { size: 32 })
          const account = privateKeyToAccount(privateKey)
          const bytes = Buffer.from(privateKey.slice(2), 'hex')
          const digest = Buffer.from(hashMessage({ raw }).slice(2), 'hex')
          assert.equal(toHex(engine.sign(digest, bytes)), await account.signMessage({ message: { raw } }))
          assert.equal(toHex(engine.addressOf(bytes)), account.address.toLowerCase() as Address)
          assert.equal(toHex(engine.keccak256(digest)), keccak256(digest))
        },
      ),
      { numRuns: 30 },
    )
  })
})
