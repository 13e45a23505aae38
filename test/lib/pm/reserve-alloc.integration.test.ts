import assert from 'node:assert/strict'
import type { Address } from 'viem'

import { ticketBrokerAbi } from '../../../src/lib/contracts/abi/ticket-broker.ts'
import { readContract } from '../../../src/lib/contracts/read-contract.ts'
import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { reserveAlloc } from '../../../src/lib/pm/reserve-alloc.ts'
import { readSender } from '../../../src/lib/sender/read-sender.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { gateway, makeSenderFixture } from '../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../helpers/sender-fixture.ts'
import { fund } from '../sender/on-chain.ts'
import { redeemWinner } from './redeem-winner.ts'

const orchestrators = devnetAccounts.filter(({ name }) => /^orchestrator-\d$/.test(name))
const inactive = devnetAccounts[6].address

describe("reserveAlloc beside the contract's claimableReserve", () => {
  const chain = useTestDevnet()
  let fixture: SenderFixture
  beforeEach(async () => {
    fixture = await makeSenderFixture(chain.rpcUrl)
  })
  afterEach(() => fixture.close())

  async function onChain(
    functionName: 'claimableReserve' | 'claimedReserve',
    claimant: Address,
  ): Promise<bigint> {
    const { rpc, contracts } = fixture.connection
    const args = [gateway.address, claimant] as const
    return readContract(rpc, { address: contracts.TicketBroker, abi: ticketBrokerAbi, functionName, args })
  }

  /** Ours beside the contract's, for each active orchestrator. */
  async function compare(): Promise<bigint[]> {
    const state = await readSender(fixture.connection, gateway.address)
    return Promise.all(
      orchestrators.map(async ({ address }) => {
        const share = reserveAlloc({
          fundsRemainingWei: state.reserveWei,
          claimedInCurrentRoundWei: state.reserveClaimedInCurrentRoundWei,
          poolSize: state.poolSize,
          claimedByRecipientWei: await onChain('claimedReserve', address),
        })
        assert.equal(share, await onChain('claimableReserve', address))
        return share
      }),
    )
  }

  it('agrees before anything is funded', async () => {
    assert.deepEqual(await compare(), [0n, 0n, 0n])
  })

  it('agrees on how an indivisible reserve is rounded', async () => {
    await fund(chain, 0n, 1000n)
    assert.deepEqual(await compare(), [333n, 333n, 333n])
  })

  it('agrees while orchestrators claim, to the last wei, and in the round after', async () => {
    await fund(chain, 0n, parseWei('0.3') + 2n)
    const [first, second] = orchestrators.map(({ address }) => address)
    assert.ok(first !== undefined && second !== undefined)
    const slice = parseWei('0.1')
    await redeemWinner(chain, first, parseWei('0.04'), 1n)
    assert.deepEqual(await compare(), [parseWei('0.06'), slice, slice])
    await redeemWinner(chain, second, parseWei('0.03'), 2n)
    assert.deepEqual(await compare(), [parseWei('0.06'), parseWei('0.07'), slice])
    await redeemWinner(chain, first, parseWei('0.2'), 3n)
    assert.deepEqual(await compare(), [0n, parseWei('0.07'), slice])
    await chain.advance(1)
    const next = (parseWei('0.17') + 2n) / 3n
    assert.deepEqual(await compare(), [next, next, next])
  })

  it('leaves it to the contract that an inactive orchestrator claims nothing', async () => {
    await fund(chain, 0n, parseWei('0.3'))
    assert.equal(await onChain('claimableReserve', inactive), 0n)
    assert.deepEqual(await compare(), [parseWei('0.1'), parseWei('0.1'), parseWei('0.1')])
  })
})
