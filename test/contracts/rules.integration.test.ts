import assert from 'node:assert/strict'
import { encodeFunctionData, maxUint256, numberToHex, parseAbi, parseEther, zeroAddress } from 'viem'
import type { Address, Hex } from 'viem'

import { ticketBrokerAbi } from '../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { devnetContracts, ticketBrokerTargets } from '../../src/lib/devnet/network.ts'
import { devnetRules } from '../../src/lib/devnet/rules.ts'
import type { DevnetRules } from '../../src/lib/devnet/rules.ts'
import { ticketHash } from '../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../src/lib/pm/ticket.ts'
import { useTestDevnet } from '../helpers/devnet.ts'
import { makeSignedTicket } from '../helpers/make-signed-ticket.ts'
import type { TicketChanges } from '../helpers/make-signed-ticket.ts'
import { beginRoundUninitialised, pause, rename } from '../lib/sender/on-chain.ts'
import {
  batchRedemption,
  beginRound,
  brokerCall,
  fundingFor,
  joining,
  leaving,
  makeComparable,
  mine,
  paidIn,
  redemption,
  refusal,
  roundHash,
} from './broker-chain.ts'
import type { Call } from './broker-chain.ts'
import { claimableReserve, claimedReserve, isUsed, senderInfo } from './read-broker.ts'
import { cutShort, inCompactForm, withHighS, withSmallV } from './broken-signatures.ts'

const [, gateway, otherGateway, first, second, third, inactive] = devnetAccounts
const unregistered: Address = '0x00000000000000000000000000000000000000aa'
const anybody = otherGateway.address

const abi = [
  ...ticketBrokerAbi,
  ...parseAbi([
    'function approve(address spender, uint256 amount)',
    'function bond(uint256 amount, address to)',
  ]),
] as const

const shortOfFaceValue = 'sender deposit and reserve insufficient to cover ticket face value'
const eth = parseEther
const word = (value: bigint) => numberToHex(value, { size: 32 })

/** Where the BondingManager keeps how many orchestrators may be active; its owner can only raise it. */
const poolSizeLimitSlot = 9n

for (const rules of devnetRules) {
  describe(`the TicketBroker by the rules of ${rules}`, () => {
    const chain = useTestDevnet({ rules })
    before(() => makeComparable(chain))

    /** What these rules say, out of what both say. */
    const by = <outcome>(outcomes: Readonly<Record<DevnetRules, outcome>>): outcome => outcomes[rules]

    function winner(changes: TicketChanges = {}): SignedTicket {
      const { creationRound = 1001n } = changes
      return makeSignedTicket({ creationRound, creationRoundBlockHash: roundHash(creationRound), ...changes })
    }

    async function fund(depositWei: bigint, reserveWei: bigint): Promise<void> {
      await mine(chain, fundingFor(gateway.address, gateway.address, depositWei, reserveWei))
    }

    /** Mines a call unless it would revert; gives why it would, or what it paid in all. */
    async function outcome(call: Call): Promise<string | bigint> {
      const reason = await refusal(chain, call)
      if (reason !== undefined) return reason
      return paidIn(await mine(chain, call))
    }

    const redeem = (ticket: SignedTicket) => outcome(redemption(anybody, ticket))

    const used = (ticket: SignedTicket) => isUsed(chain, ticketHash(ticket))
    const withdrawRound = async () => (await senderInfo(chain, gateway.address))[0].withdrawRound

    const send = (functionName: 'unlock' | 'cancelUnlock' | 'withdraw' | 'fundDeposit' | 'fundReserve') =>
      outcome(brokerCall(gateway.address, encodeFunctionData({ abi, functionName })))

    it('pays from the deposit first, then from the slice of the reserve', async () => {
      await fund(eth('0.02'), eth('0.3'))
      assert.equal(await redeem(winner({ faceValue: eth('0.01') })), eth('0.01'))
      assert.equal(await redeem(winner({ faceValue: eth('0.05'), senderNonce: 2n })), eth('0.05'))
      assert.equal(await claimableReserve(chain, gateway.address, first.address), eth('0.06'))
    })

    it('meets a sender whose deposit and whole reserve are short of the face value', async () => {
      await fund(eth('0.02'), eth('0.3'))
      const ticket = winner({ faceValue: eth('0.5') })
      assert.equal(await redeem(ticket), by<string | bigint>({ 2022: eth('0.12'), 2026: shortOfFaceValue }))
      assert.equal(await used(ticket), by({ 2022: true, 2026: false }))
      const next = winner({ faceValue: eth('0.5'), senderNonce: 2n })
      assert.equal(await redeem(next), by<string | bigint>({ 2022: 0n, 2026: shortOfFaceValue }))
      assert.equal(await used(next), by({ 2022: true, 2026: false }))

      await fund(eth('1'), 0n)
      assert.equal(await redeem(ticket), by<string | bigint>({ 2022: 'ticket is used', 2026: eth('0.5') }))
    })

    it('burns a ticket that the deposit and the slice do not cover, though the whole reserve would', async () => {
      await fund(eth('0.02'), eth('0.3'))
      const ticket = winner({ faceValue: eth('0.32') })
      assert.equal(await redeem(ticket), eth('0.12'))
      assert.equal(await used(ticket), true)
      const next = winner({ faceValue: eth('0.2'), senderNonce: 2n })
      assert.equal(await redeem(next), 0n)
      assert.equal(await used(next), true)
    })

    it('meets a sender who has nothing', async () => {
      const ticket = winner()
      assert.equal(
        await redeem(ticket),
        by({ 2022: 'sender deposit and reserve are zero', 2026: shortOfFaceValue }),
      )
      assert.equal(await used(ticket), false)
      const worthless = winner({ faceValue: 0n })
      assert.equal(
        await redeem(worthless),
        by<string | bigint>({ 2022: 'sender deposit and reserve are zero', 2026: 0n }),
      )
      assert.equal(await used(worthless), by({ 2022: false, 2026: true }))
    })

    describe('asked to pay somebody who is not active,', () => {
      it('refuses, unless by the rules of 2022 he has been', async () => {
        await fund(eth('1'), eth('0.3'))
        await evictThird()
        await beginRound(chain, 1002n, true)
        const cases = [
          [unregistered, 'transcoder must be registered'],
          [third.address, winner().faceValue],
        ] as const
        for (const [recipient, before] of cases) {
          const ticket = winner({ recipient })
          const refused = 'transcoder must be active'
          assert.equal(await redeem(ticket), by<string | bigint>({ 2022: before, 2026: refused }), recipient)
          assert.equal(await used(ticket), by({ 2022: recipient === third.address, 2026: false }))
        }
      })

      it('refuses who has never been, in other words', async () => {
        await fund(eth('1'), eth('0.3'))
        const ticket = winner({ recipient: inactive.address })
        assert.equal(await redeem(ticket), by({ 2022: 'Panic(18)', 2026: 'transcoder must be active' }))
        assert.equal(await used(ticket), false)
      })

      it('burns his ticket for nothing where there is no deposit', async () => {
        await fund(0n, eth('0.3'))
        for (const recipient of [unregistered, inactive.address]) {
          const ticket = winner({ recipient })
          assert.equal(await redeem(ticket), 0n)
          assert.equal(await used(ticket), true)
        }
      })

      it('refuses who has given up his stake in this round, though he is active until its end', async () => {
        await fund(eth('1'), eth('0.3'))
        await mine(chain, await leaving(chain, third.address))
        const ticket = winner({ recipient: third.address })
        assert.equal(await redeem(ticket), 'transcoder must be registered')
        await beginRound(chain, 1002n, true)
        const refused = by({ 2022: 'transcoder must be registered', 2026: 'transcoder must be active' })
        assert.equal(await redeem(ticket), refused)
      })

      /** A pool of three, in which the inactive orchestrator takes the place of the third. */
      async function evictThird(): Promise<void> {
        const { BondingManager, LivepeerToken } = devnetContracts
        const call = (from: Address, to: Address, data: Hex) => mine(chain, { from, to, data })
        await chain.rpc('anvil_setStorageAt', [BondingManager, word(poolSizeLimitSlot), word(3n)])
        const approval = { functionName: 'approve', args: [BondingManager, maxUint256] } as const
        await call(inactive.address, LivepeerToken, encodeFunctionData({ abi, ...approval }))
        const bonding = { functionName: 'bond', args: [eth('1500'), inactive.address] } as const
        await call(inactive.address, BondingManager, encodeFunctionData({ abi, ...bonding }))
      }
    })

    it('divides a reserve by who is in the pool at the moment, and fails where a slice was claimed before it shrank', async () => {
      await fund(0n, eth('0.3'))
      assert.equal(await redeem(winner({ faceValue: eth('0.1') })), eth('0.1'))
      await mine(chain, joining(inactive.address))
      assert.equal(await claimableReserve(chain, gateway.address, second.address), eth('0.075'))
      assert.equal(await redeem(winner({ faceValue: eth('0.01'), senderNonce: 2n })), 'Panic(17)')
      assert.equal(await redeem(winner({ recipient: second.address, faceValue: eth('0.075') })), eth('0.075'))
    })

    it('is told of an unlock and of funding by somebody else', async () => {
      await fund(eth('1'), 0n)
      await send('unlock')
      assert.equal(await withdrawRound(), 1003n)
      await mine(chain, fundingFor(anybody, gateway.address, 1n, 1n))
      assert.equal(await withdrawRound(), by({ 2022: 0n, 2026: 1003n }))
      await mine(chain, fundingFor(gateway.address, gateway.address, 0n, 0n))
      assert.equal(await withdrawRound(), 0n)
    })

    it('redeems until the withdraw round begins, and from then on no more', async () => {
      await fund(eth('1'), 0n)
      await send('unlock')
      await beginRound(chain, 1002n, true)
      assert.equal(await redeem(winner()), winner().faceValue)
      assert.equal(await send('withdraw'), 'account is locked')
      await beginRoundUninitialised(chain)
      assert.equal(await refusal(chain, redemption(anybody, winner({ senderNonce: 2n }))), notInitialized)
    })

    it('refuses the tickets of a sender from the withdraw round on, also after he has withdrawn', async () => {
      await fund(eth('1'), 0n)
      await send('unlock')
      await beginRound(chain, 1002n, true)
      await beginRound(chain, 1003n, true)
      const ticket = winner({ creationRound: 1002n })
      assert.equal(await redeem(ticket), 'sender is unlocked')
      await send('withdraw')
      assert.equal(await withdrawRound(), 1003n)
      assert.equal(await redeem(ticket), 'sender is unlocked')
      await mine(chain, fundingFor(anybody, gateway.address, eth('1'), 0n))
      assert.equal(
        await redeem(ticket),
        by<string | bigint>({ 2022: ticket.faceValue, 2026: 'sender is unlocked' }),
      )
    })

    it('takes tickets of this round and of the one before', async () => {
      await fund(eth('1'), 0n)
      await beginRound(chain, 1002n, true)
      const outcomes = [1000n, 1001n, 1002n, 1003n].map((creationRound) => redeem(winner({ creationRound })))
      const { faceValue } = winner()
      const unknown = 'ticket creationRound does not have a block hash'
      assert.deepEqual(await Promise.all(outcomes), ['ticket is expired', faceValue, faceValue, unknown])
    })

    const lengths = {
      2022: 'ECDSA: invalid signature length',
      2026: 'INVALID_SIGNATURE_LENGTH',
    }
    const { faceValue } = makeSignedTicket()
    const faults: readonly (readonly [
      what: string,
      make: (ticket: SignedTicket) => SignedTicket,
      outcomes: string | Readonly<Record<DevnetRules, string | bigint>>,
    ])[] = [
      ['of 64 bytes', inCompactForm, { ...lengths, 2022: faceValue }],
      ['of 63 bytes', cutShort, lengths],
      [
        'with v 0 or 1',
        withSmallV,
        { 2022: "ECDSA: invalid signature 'v' value", 2026: 'ECDSA: invalid signature' },
      ],
      ['with a high s', withHighS, "ECDSA: invalid signature 's' value"],
      [
        'of another sender',
        (ticket) => ({ ...ticket, sender: otherGateway.address }),
        'invalid signature over ticket hash',
      ],
    ]
    for (const [what, make, outcomes] of faults) {
      it(`meets a signature ${what}`, async () => {
        await fund(eth('1'), 0n)
        assert.equal(await redeem(make(winner())), typeof outcomes === 'string' ? outcomes : by(outcomes))
      })
    }

    const notInitialized = 'current round is not initialized'
    const refusals: readonly (readonly [reason: string, ticket: () => SignedTicket])[] = [
      ['ticket recipient is null address', () => winner({ recipient: zeroAddress })],
      ['ticket sender is null address', () => winner({ sender: zeroAddress })],
      [
        'invalid length for ticket auxData: must be 64 bytes',
        () => winner({ creationRound: 0n, creationRoundBlockHash: `0x${'00'.repeat(32)}` }),
      ],
      [
        'ticket creationRoundBlockHash invalid for creationRound',
        () => winner({ creationRoundBlockHash: roundHash(7n) }),
      ],
      ['recipientRand does not match recipientRandHash', () => ({ ...winner(), recipientRand: 1n })],
      ['ticket did not win', () => winner({ winProb: 0n })],
    ]
    for (const [reason, ticket] of refusals) {
      it(`refuses: ${reason}`, async () => {
        await fund(eth('1'), 0n)
        assert.equal(await redeem(ticket()), reason)
      })
    }

    it('passes over in a batch what it would refuse alone, and fails as a whole only for its form', async () => {
      await fund(eth('0.005'), 0n)
      const good = [1n, 2n].map((senderNonce) => winner({ senderNonce }))
      const bad = [
        winner({ winProb: 0n }),
        ...good.slice(0, 1),
        winner({ senderNonce: 9n, faceValue: eth('9') }),
      ]
      const tickets = [...good, ...bad]
      const paid = 2n * faceValue
      const burned = eth('0.005') - paid
      assert.equal(await outcome(batchRedemption(anybody, tickets)), by({ 2022: paid + burned, 2026: paid }))
      assert.deepEqual(
        await Promise.all(tickets.map(used)),
        by({ 2022: [true, true, false, true, true], 2026: [true, true, false, true, false] }),
      )
      assert.equal(await outcome(batchRedemption(anybody, [])), 0n)
      const uneven = encodeFunctionData({
        abi,
        functionName: 'batchRedeemWinningTickets',
        args: [[], [`0x${'00'.repeat(65)}`], []],
      })
      assert.equal(await outcome(brokerCall(anybody, uneven)), 0n)
    })

    it('does nothing while the protocol is paused', async () => {
      await fund(eth('1'), 0n)
      await pause(chain)
      for (const name of ['unlock', 'cancelUnlock', 'withdraw', 'fundDeposit', 'fundReserve'] as const) {
        assert.equal(await send(name), 'system is paused', name)
      }
      assert.equal(await redeem(winner()), 'system is paused')
      assert.equal(await outcome(batchRedemption(anybody, [winner()])), 'system is paused')
      assert.equal(await outcome(fundingFor(anybody, gateway.address, 1n, 1n)), 'system is paused')
    })

    it('redeems nothing before the round is initialised; funding and unlocking go on', async () => {
      await fund(eth('1'), 0n)
      await beginRoundUninitialised(chain)
      assert.equal(await redeem(winner()), notInitialized)
      assert.equal(await outcome(batchRedemption(anybody, [winner()])), notInitialized)
      for (const name of ['fundDeposit', 'fundReserve', 'unlock', 'cancelUnlock'] as const) {
        assert.equal(await send(name), 0n, name)
      }
    })
  })
}

describe('an upgrade from the rules of 2022 to those of 2026', () => {
  const chain = useTestDevnet({ rules: '2022' })
  before(() => makeComparable(chain))

  it('keeps what everybody has, and which tickets are used', async () => {
    const winner = (changes: TicketChanges) =>
      makeSignedTicket({ creationRound: 1001n, creationRoundBlockHash: roundHash(1001n), ...changes })
    const spent = winner({ faceValue: eth('0.05') })
    const pending = winner({ faceValue: eth('0.5'), senderNonce: 2n })
    await mine(chain, fundingFor(gateway.address, gateway.address, eth('0.01'), eth('0.3')))
    await mine(chain, redemption(anybody, spent))
    await mine(chain, brokerCall(gateway.address, encodeFunctionData({ abi, functionName: 'unlock' })))
    const state = async () => [
      await senderInfo(chain, gateway.address),
      await claimableReserve(chain, gateway.address, first.address),
      await claimedReserve(chain, gateway.address, first.address),
      await isUsed(chain, ticketHash(spent)),
    ]
    const before = await state()
    assert.deepEqual(before.slice(1), [eth('0.06'), eth('0.04'), true])

    assert.equal(await refusal(chain, redemption(anybody, pending)), undefined)
    await rename(chain, 'TicketBrokerTarget', ticketBrokerTargets['2026'])
    assert.deepEqual(await state(), before)
    assert.equal(await refusal(chain, redemption(anybody, spent)), 'ticket is used')
    assert.equal(await refusal(chain, redemption(anybody, pending)), shortOfFaceValue)
  })
})
