import assert from 'node:assert/strict'

import fc from 'fast-check'
import type { Hex } from 'viem'

import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { openStore } from '../../../src/lib/store/open-store.ts'
import type { OpenStoreOptions } from '../../../src/lib/store/open-store.ts'
import type {
  NewTicket,
  Outcome,
  StoredTicket,
  TicketFilter,
  TicketState,
  TicketStore,
} from '../../../src/lib/store/ticket-store.ts'
import { makeStoredTicket } from '../../helpers/make-stored-ticket.ts'
import type { StoredChanges } from '../../helpers/make-stored-ticket.ts'
import { anyBytes, anyTicket, anyUint256 } from '../../helpers/make-ticket.ts'

/** Where the stores of a suite are kept. */
export interface StorePlace {
  /** The `where` of a fresh store. */
  fresh(): Promise<string>
}

const account = devnetAccounts[4].address
const senders = [devnetAccounts[1].address, devnetAccounts[2].address] as const
const bytes32 = (byte: string): Hex => `0x${byte.repeat(32)}`
const signed = (byte: string) => ({ hash: bytes32(byte), signed: `0x02${byte.repeat(100)}` }) as const

/** Tickets that differ in their nonces, at least. */
export function makeNewTickets(count: number, fields: StoredChanges['ticket'] = {}): NewTicket[] {
  return Array.from({ length: count }, (_, index) => {
    const { hash, ticket } = makeStoredTicket({ ticket: { senderNonce: BigInt(index + 1), ...fields } })
    return { hash, ticket }
  })
}

export async function collect(store: TicketStore, filter?: TicketFilter): Promise<StoredTicket[]> {
  const found: StoredTicket[] = []
  for await (const ticket of store.list(filter)) found.push(ticket)
  return found
}

const hashesOf = (tickets: readonly { readonly hash: Hex }[]) => tickets.map(({ hash }) => hash)
const sorted = (hashes: readonly Hex[]) => [...hashes].sort()

/** What every store does, on whatever database. */
export function itIsATicketStore(place: StorePlace): void {
  let where: string
  let store: TicketStore
  const opened: TicketStore[] = []
  const open = async (options?: OpenStoreOptions) => {
    const another = await openStore(where, options)
    opened.push(another)
    return another
  }
  beforeEach(async () => {
    where = await place.fresh()
    store = await open()
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()))
  })

  async function addTickets(count: number, fields: StoredChanges['ticket'] = {}): Promise<Hex[]> {
    const tickets = makeNewTickets(count, fields)
    await store.add(tickets)
    return sorted(hashesOf(tickets))
  }
  const claim = (id: string, tickets: readonly Hex[], by = store) =>
    by.claim({ id, account, holder: 'host 1', tickets })
  const stateOf = async (hash: Hex) => (await store.get(hash))?.state
  const statesOf = async (hashes: readonly Hex[]) => Promise.all(hashes.map(stateOf))

  describe('tickets', () => {
    it('gives back what was added', async () => {
      const [given] = makeNewTickets(1)
      assert.ok(given)
      const before = Date.now()
      assert.equal(await store.add([given]), 1)
      const stored = await store.get(given.hash)
      assert.ok(stored)
      const { addedAt, ...rest } = stored
      assert.deepEqual(rest, { ...given, state: 'pending', feeWei: 0n })
      assert.match(addedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      assert.ok(Math.abs(Date.parse(addedAt) - before) < 600_000)
    })

    it('keeps every field, whatever its value', async () => {
      const anySigned = fc.record({ sig: anyBytes(65), recipientRand: anyUint256 })
      await fc.assert(
        fc.asyncProperty(anyTicket, anySigned, async (ticket, rest) => {
          const { hash, ticket: given } = makeStoredTicket({ ticket: { ...ticket, ...rest } })
          await store.add([{ hash, ticket: given }])
          const stored = await store.get(hash)
          assert.deepEqual(lowerCase(stored?.ticket), lowerCase(given))
        }),
        { numRuns: 50 },
      )
    })

    it('knows a ticket by its hash, and leaves one that it knows as it is', async () => {
      const tickets = makeNewTickets(3)
      const [first, second, third] = tickets
      assert.ok(first && second && third)
      assert.equal(await store.add([first, first]), 1)
      await store.record([{ hash: first.hash, state: 'expired', reason: 'too late' }])
      assert.equal(await store.add([second, first, third, second]), 2)
      assert.equal(await store.add(tickets), 0)
      assert.equal(await store.add([]), 0)
      assert.deepEqual(await statesOf(hashesOf(tickets)), ['expired', 'pending', 'pending'])
      assert.equal(await store.get(bytes32('00')), undefined)
    })

    it('adds more at once than one statement takes', async () => {
      const template = makeNewTickets(1)[0]
      assert.ok(template)
      const tickets = Array.from({ length: 12_345 }, (_, index): NewTicket => {
        const digits = (index * 7919).toString(16).padStart(64, '0')
        return { hash: `0x${digits}`, ticket: { ...template.ticket, senderNonce: BigInt(index) } }
      })
      assert.equal(await store.add(tickets), 12_345)
      const listed = await collect(store)
      assert.deepEqual(hashesOf(listed), sorted(hashesOf(tickets)))
    })

    it('lists them by creation round, then hash', async () => {
      const later = makeNewTickets(4, { creationRound: 2n ** 200n })
      const earlier = makeNewTickets(4, { creationRound: 9n })
      await store.add([...later, ...earlier])
      assert.deepEqual(hashesOf(await collect(store)), [
        ...sorted(hashesOf(earlier)),
        ...sorted(hashesOf(later)),
      ])
    })

    it('lists those that pass a filter', async () => {
      const [mine, other] = [makeNewTickets(3), makeNewTickets(2, { sender: senders[1], creationRound: 7n })]
      await store.add([...mine, ...other])
      const [first, second] = sorted(hashesOf(mine))
      assert.ok(first && second)
      await store.record([{ hash: first, state: 'expired' }])
      const listed = async (filter: TicketFilter) => sorted(hashesOf(await collect(store, filter)))
      assert.deepEqual(await listed({ sender: senders[1] }), sorted(hashesOf(other)))
      assert.deepEqual(await listed({ sender: senders[1], states: ['expired'] }), [])
      assert.deepEqual(await listed({ states: ['expired', 'final'] }), [first])
      assert.deepEqual(await listed({ states: [] }), [])
      assert.deepEqual(await listed({ creationRound: 7n }), sorted(hashesOf(other)))
      assert.deepEqual(await listed({ recipient: senders[1] }), [])
      assert.deepEqual(await listed({ recipient: devnetAccounts[3].address, limit: 99 }), await listed({}))
      for (const length of [9, 10, 33, 66]) {
        assert.deepEqual(await listed({ hashPrefix: second.slice(0, length) as Hex }), [second])
      }
      assert.equal((await listed({ hashPrefix: '0x' })).length, 5)
      assert.deepEqual(hashesOf(await collect(store, { limit: 2 })), sorted(hashesOf(other)))
    })

    it('lists the tickets of one moment while others are written, by itself and by others', async () => {
      const template = makeNewTickets(1)[0]
      assert.ok(template)
      const many = (from: number, count: number) =>
        Array.from({ length: count }, (_, index): NewTicket => {
          const hash: Hex = `0x${(from + index).toString(16).padStart(64, '0')}`
          return { hash, ticket: { ...template.ticket, senderNonce: BigInt(from + index) } }
        })
      const tickets = many(0, 5000)
      await store.add(tickets)
      const other = await open()
      const seen: StoredTicket[] = []
      for await (const ticket of store.list()) {
        seen.push(ticket)
        if (seen.length % 1000 !== 1) continue
        await store.record([{ hash: tickets[4999]?.hash ?? '0x', state: 'expired' }])
        await other.add(many(10_000 + seen.length, 100))
      }
      assert.deepEqual(hashesOf(seen), hashesOf(tickets))
      assert.equal(seen[4999]?.state, 'pending')
      assert.equal((await collect(store)).length, 5500)
    })

    it('can be left in the middle of a list, and be closed in another', async () => {
      await addTickets(1200)
      for await (const ticket of store.list()) if (ticket.state === 'pending') break
      assert.equal((await collect(store)).length, 1200)
      const another = await open()
      const list = another.list()[Symbol.asyncIterator]()
      await list.next()
      await another.close()
      await another.close()
    })
  })

  describe('outcomes', () => {
    it('records how tickets ended and why they wait', async () => {
      const [a, b, c] = (await addTickets(3)) as [Hex, Hex, Hex]
      const transactionHash = bytes32('77')
      await store.record([
        { hash: a, state: 'pending', reason: 'deposit short by 0.004 ETH' },
        { hash: b, state: 'usedElsewhere', transactionHash },
        { hash: c, state: 'final', transactionHash, paidWei: 2n ** 256n - 1n, reason: 'found on the chain' },
        { hash: bytes32('00'), state: 'expired' },
      ])
      const [waiting, used, final] = await Promise.all([a, b, c].map((hash) => store.get(hash)))
      assert.equal(waiting?.reason, 'deposit short by 0.004 ETH')
      assert.deepEqual(
        [used?.state, used?.transactionHash, used?.paidWei],
        ['usedElsewhere', transactionHash, undefined],
      )
      assert.deepEqual(
        [final?.state, final?.paidWei, final?.reason],
        ['final', 2n ** 256n - 1n, 'found on the chain'],
      )
      await store.record([{ hash: a, state: 'pending' }])
      assert.equal((await store.get(a))?.reason, undefined)
    })

    it('takes the last of several outcomes of one ticket', async () => {
      const [hash] = (await addTickets(1)) as [Hex]
      await store.record([
        { hash, state: 'expired', reason: 'first' },
        { hash: hash.toUpperCase().replace('X', 'x') as Hex, state: 'pending', reason: 'second' },
      ])
      assert.equal((await store.get(hash))?.reason, 'second')
    })

    it('keeps nothing in a reason that could steer a terminal, nor more than a clause', async () => {
      const [hash] = (await addTickets(1)) as [Hex]
      const reason = `\u001b[31mred\u0000 \ud800 \u202e${'x'.repeat(1000)}`
      await store.record([{ hash, state: 'pending', reason }])
      assert.equal((await store.get(hash))?.reason, `red \ufffd ${'x'.repeat(493)}…`)
    })

    const ends: readonly TicketState[] = ['final', 'usedElsewhere', 'expired', 'invalid', 'forgotten']
    for (const from of ends) {
      it(`lets ${from} stay ${from}`, async () => {
        const [hash] = (await addTickets(1)) as [Hex]
        await store.record([{ hash, state: from as Outcome['state'], reason: 'first' }])
        for (const state of ['pending', 'redeemed', ...ends] as const) {
          const mayBeForgotten = state === 'forgotten' && (from === 'expired' || from === 'invalid')
          if (mayBeForgotten) continue
          await store.record([{ hash, state: state as Outcome['state'], reason: 'second' }])
          const { state: now, reason } = (await store.get(hash)) ?? {}
          assert.deepEqual([now, reason], [from, 'first'], state)
        }
        assert.equal(await claim('1', [hash]), false)
      })
    }

    it('lets what has expired or is invalid be forgotten', async () => {
      const [a, b] = (await addTickets(2)) as [Hex, Hex]
      await store.record([
        { hash: a, state: 'expired' },
        { hash: b, state: 'invalid' },
      ])
      await store.record([a, b].map((hash) => ({ hash, state: 'forgotten' })))
      assert.deepEqual(await statesOf([a, b]), ['forgotten', 'forgotten'])
    })

    it('leaves tickets of an open submission as they are', async () => {
      const [a, b] = (await addTickets(2)) as [Hex, Hex]
      await claim('1', [a])
      const outcomes = [a, b].map((hash): Outcome => ({ hash, state: 'expired' }))
      await store.record(outcomes)
      assert.deepEqual(await statesOf([a, b]), ['submitted', 'expired'])
      await store.recordAttempt('1', 5, signed('aa'))
      await store.recordMined('1', [{ hash: a, state: 'redeemed', paidWei: 1n }])
      await store.record(outcomes)
      assert.equal(await stateOf(a), 'redeemed')
    })
  })

  describe('submissions', () => {
    it('takes tickets for one submission, all or none', async () => {
      const tickets = await addTickets(5)
      assert.equal(await claim('1', tickets.slice(0, 2)), true)
      assert.equal(await claim('2', tickets.slice(1, 4)), false)
      assert.equal(await claim('3', [...tickets.slice(2), bytes32('00')]), false)
      assert.deepEqual(await statesOf(tickets), ['submitted', 'submitted', 'pending', 'pending', 'pending'])
      assert.equal(await claim('1', tickets.slice(2)), false, 'an id that is taken')
      await assert.rejects(claim('4', []))
      assert.equal(await claim('5', [...tickets.slice(2), ...tickets.slice(2)]), true)
      const [first, second] = await store.submissions()
      const { ageMs, ...rest } = first ?? {}
      assert.deepEqual(rest, {
        id: '1',
        state: 'claimed',
        account,
        holder: 'host 1',
        attempts: [],
        tickets: tickets.slice(0, 2),
      })
      assert.ok(typeof ageMs === 'number' && ageMs >= 0 && ageMs < 600_000)
      assert.deepEqual(second?.tickets, tickets.slice(2))
    })

    it('drops the reason why a ticket waited when it is taken', async () => {
      const [hash] = (await addTickets(1)) as [Hex]
      await store.record([{ hash, state: 'pending', reason: 'gas too dear' }])
      await claim('1', [hash])
      assert.equal((await store.get(hash))?.reason, undefined)
    })

    it('keeps signed bytes, in order and once', async () => {
      const tickets = await addTickets(2)
      await claim('1', tickets)
      assert.equal(await store.recordAttempt('1', 7, signed('aa')), true)
      assert.equal(await store.recordAttempt('1', 7, signed('99')), true)
      assert.equal(await store.recordAttempt('1', 7, signed('aa')), true)
      const [submission] = await (await open()).submissions()
      assert.equal(submission?.state, 'signed')
      assert.equal(submission.nonce, 7)
      assert.deepEqual(submission.attempts, [signed('aa'), signed('99')])
      await assert.rejects(store.recordAttempt('1', 8, signed('bb')), /share one nonce/)
    })

    it('gives up a claim only while nothing is signed', async () => {
      const [a, b] = (await addTickets(2)) as [Hex, Hex]
      await claim('1', [a])
      await claim('2', [b])
      assert.equal(await store.giveUpClaim('1'), true)
      assert.equal(await store.giveUpClaim('1'), false)
      assert.equal(await store.recordAttempt('1', 1, signed('aa')), false)
      assert.equal(await store.recordAttempt('2', 1, signed('bb')), true)
      assert.equal(await store.giveUpClaim('2'), false)
      assert.deepEqual(await statesOf([a, b]), ['pending', 'submitted'])
      assert.deepEqual(
        (await store.submissions()).map(({ id, attempts }) => [id, attempts]),
        [['2', [signed('bb')]]],
      )
    })

    it('follows a submission into a block, out of it, and to its end', async () => {
      const [a, b, c] = (await addTickets(3)) as [Hex, Hex, Hex]
      const transactionHash = bytes32('aa')
      const redeemed = (hash: Hex): Outcome => ({ hash, state: 'redeemed', paidWei: 5n, transactionHash })
      await claim('1', [a, b, c])
      await store.recordMined('1', [redeemed(a)])
      assert.deepEqual(await statesOf([a]), ['submitted'], 'nothing was signed')
      await store.recordAttempt('1', 0, signed('aa'))
      await store.recordMined('1', [redeemed(a), redeemed(b)])
      assert.deepEqual(await statesOf([a, b, c]), ['redeemed', 'redeemed', 'submitted'])
      assert.equal((await store.submissions())[0]?.state, 'mined')
      assert.equal((await store.get(a))?.paidWei, 5n)
      await store.takeBack('1')
      assert.deepEqual(await statesOf([a, b, c]), ['submitted', 'submitted', 'submitted'])
      assert.equal((await store.submissions())[0]?.state, 'signed')
      assert.deepEqual(
        [(await store.get(a))?.paidWei, (await store.get(a))?.transactionHash],
        [undefined, undefined],
      )
      await store.recordMined('1', [redeemed(c)])
      await store.recordMined('1', [redeemed(b)])
      assert.deepEqual(await statesOf([a, b, c]), ['submitted', 'redeemed', 'submitted'])
      await store.closeSubmission(
        '1',
        [
          { ...redeemed(b), state: 'final' },
          { hash: c, state: 'usedElsewhere' },
        ],
        100n,
      )
      assert.deepEqual(await statesOf([a, b, c]), ['pending', 'final', 'usedElsewhere'])
      assert.deepEqual((await collect(store)).map(({ feeWei }) => feeWei).sort(), [33n, 33n, 34n])
      assert.deepEqual(await store.submissions(), [])
    })

    it('does nothing about a submission that was closed, or belongs to nobody', async () => {
      const tickets = await addTickets(2)
      await claim('1', tickets)
      await store.recordAttempt('1', 0, signed('aa'))
      await store.closeSubmission('1', [], 7n)
      for (const id of ['1', 'unknown']) {
        const outcomes = tickets.map((hash): Outcome => ({ hash, state: 'final' }))
        await store.recordMined(id, outcomes)
        await store.takeBack(id)
        await store.closeSubmission(id, outcomes, 1000n)
        assert.equal(await store.giveUpClaim(id), false)
        assert.equal(await store.recordAttempt(id, 0, signed('aa')), false)
      }
      assert.deepEqual(await statesOf(tickets), ['pending', 'pending'])
      const fees = (await collect(store)).map(({ feeWei }) => feeWei)
      assert.equal(
        fees.reduce((sum, fee) => sum + fee, 0n),
        7n,
      )
    })

    it('lets nobody change the tickets of another submission', async () => {
      const [a, b] = (await addTickets(2)) as [Hex, Hex]
      await claim('1', [a])
      await claim('2', [b])
      await store.recordAttempt('1', 0, signed('aa'))
      const both = [a, b].map((hash): Outcome => ({ hash, state: 'redeemed', paidWei: 1n }))
      await store.recordMined('1', both)
      assert.deepEqual(await statesOf([a, b]), ['redeemed', 'submitted'])
      await store.closeSubmission('1', both, 1n)
      assert.deepEqual([await stateOf(b), (await store.get(b))?.feeWei], ['submitted', 0n])
    })

    it('loses no wei of a fee', async () => {
      const tickets = await addTickets(7)
      let spentWei = 0n
      let number = 0
      const chosen = fc.subarray(tickets, { minLength: 1 })
      await fc.assert(
        fc.asyncProperty(chosen, fc.bigInt({ min: 0n, max: 2n ** 80n }), async (hashes, feeWei) => {
          const id = String(number++)
          assert.equal(await claim(id, hashes), true)
          await store.recordAttempt(id, 0, signed('aa'))
          await store.closeSubmission(id, [], feeWei)
          spentWei += feeWei
          const fees = (await collect(store)).map((ticket) => ticket.feeWei)
          assert.equal(
            fees.reduce((sum, fee) => sum + fee, 0n),
            spentWei,
          )
          assert.equal((await store.totals())[0]?.feeWei, spentWei)
        }),
        { numRuns: 30 },
      )
    })

    it('gives a ticket to one of many redeemers', async () => {
      const tickets = await addTickets(60)
      const redeemers = [store, await open(), await open(), await open()]
      const taken = new Map<Hex, string>()
      await Promise.all(
        redeemers.flatMap((redeemer, who) =>
          Array.from({ length: 20 }, async (_, number) => {
            const start = (who * 7 + number * 3) % 58
            const wanted = tickets.slice(start, start + 3)
            const id = `${who}-${number}`
            if (!(await claim(id, who % 2 === 0 ? wanted : wanted.toReversed(), redeemer))) return
            for (const hash of wanted) {
              assert.equal(taken.get(hash), undefined)
              taken.set(hash, id)
            }
          }),
        ),
      )
      assert.ok(taken.size > 0)
      const submissions = await store.submissions()
      assert.deepEqual(
        sorted(submissions.flatMap((submission) => submission.tickets)),
        sorted([...taken.keys()]),
      )
    })
  })

  describe('totals', () => {
    it('are exact, by sender, the largest pending face value first', async () => {
      const poor = makeNewTickets(9, { faceValue: 10n })
      const rich = makeNewTickets(2, { sender: senders[1], faceValue: 2n ** 255n + 1n })
      await store.add([...poor, ...rich])
      const [a, b, c, d, e, f, g, h] = hashesOf(poor) as [Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex]
      await store.record([
        { hash: a, state: 'pending', reason: 'gas' },
        { hash: b, state: 'usedElsewhere', paidWei: 3n },
        { hash: c, state: 'expired' },
        { hash: d, state: 'invalid' },
        { hash: e, state: 'forgotten' },
      ])
      await claim('1', [f, g])
      await store.recordAttempt('1', 0, signed('aa'))
      await store.recordMined('1', [{ hash: f, state: 'redeemed', paidWei: 9n }])
      await claim('2', [h])
      await store.closeSubmission('2', [{ hash: h, state: 'final', paidWei: 4n }], 3n)
      const total = (tickets: number, faceValueWei = BigInt(tickets) * 10n) => ({ tickets, faceValueWei })
      const nothing = total(0)
      assert.deepEqual(await store.totals(), [
        {
          sender: senders[1],
          pending: total(2, 2n ** 256n + 2n),
          deferred: nothing,
          submitted: nothing,
          redeemed: { ...nothing, paidWei: 0n },
          usedElsewhere: nothing,
          expired: nothing,
          rejected: nothing,
          forgotten: nothing,
          feeWei: 0n,
        },
        {
          sender: senders[0],
          pending: total(1),
          deferred: total(1),
          submitted: total(1),
          redeemed: { ...total(2), paidWei: 13n },
          usedElsewhere: total(1),
          expired: total(1),
          rejected: total(1),
          forgotten: total(1),
          feeWei: 3n,
        },
      ])
    })

    it('are empty for an empty store', async () => {
      assert.deepEqual(await store.totals(), [])
    })
  })

  describe('as a whole', () => {
    it('belongs to the chain that it was first used with', async () => {
      await store.requireChain('31337-aa')
      await store.requireChain('31337-aa')
      await (await open()).requireChain('31337-aa')
      await assert.rejects(store.requireChain('42161-bb'), {
        code: 'STORE_OF_OTHER_CHAIN',
        message: `the store ${store.location} belongs to another chain`,
        details: { store: store.location, storeChain: '31337-aa', chain: '42161-bb' },
      })
    })

    it('keeps everything when it is closed and opened again', async () => {
      const tickets = await addTickets(3)
      await claim('1', tickets.slice(0, 1))
      await store.recordAttempt('1', 3, signed('aa'))
      const before = [await collect(store), (await store.submissions()).map(({ ageMs: _, ...rest }) => rest)]
      await store.close()
      store = await open()
      const after = [await collect(store), (await store.submissions()).map(({ ageMs: _, ...rest }) => rest)]
      assert.deepEqual(after, before)
    })

    it('can be made by several at once', async () => {
      where = await place.fresh()
      const stores = await Promise.all(Array.from({ length: 5 }, () => open()))
      await Promise.all(stores.map((each, index) => each.add(makeNewTickets(index + 1))))
      assert.equal((await collect(stores[0] ?? store)).length, 5)
    })
  })
}

function lowerCase(ticket: StoredTicket['ticket'] | undefined): unknown {
  return (
    ticket && { ...ticket, sender: ticket.sender.toLowerCase(), recipient: ticket.recipient.toLowerCase() }
  )
}
