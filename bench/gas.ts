/**
 * Gas per ticket of batches on the devnet, beside one redeemWinningTicket a ticket, which is what go-livepeer sends:
 * npm run bench:gas. Both begin in the same state, after the recipient has been paid once in the round. Every batch is
 * sent with lp-pay's own gas limit; a ticket that it loses ends the run. Nothing here depends on how fast the machine is.
 */
import { connect } from '../src/lib/contracts/connect.ts'
import type { Connection } from '../src/lib/contracts/connect.ts'
import { devnet, devnetContracts } from '../src/lib/devnet/network.ts'
import { devnetRules } from '../src/lib/devnet/rules.ts'
import type { SignedTicket } from '../src/lib/pm/ticket.ts'
import { batchGasLimit } from '../src/lib/redemption/onchain/batch-gas.ts'
import { decodeRedemptions } from '../src/lib/redemption/onchain/redemption-events.ts'
import { simulateTickets } from '../src/lib/redemption/probe/simulate.ts'
import { startTestDevnet } from '../test/helpers/devnet.ts'
import type { TestDevnet } from '../test/helpers/devnet.ts'
import { gateway } from '../test/helpers/sender-fixture.ts'
import { sendRedemption } from '../test/lib/redemption/send-redemption.ts'
import { makeGateways, makeWinners } from '../test/lib/redemption/winners.ts'

const sizes = [1, 10, 50, 100]
const largest = Math.max(...sizes)
const milli = 10n ** 15n
/** Enough for a redemption of one ticket, whatever it is paid from. */
const singleLimit = 600_000n

const mixtures = [
  { name: 'one sender', senders: 1, depositWei: 200n * milli, reserveWei: milli },
  { name: 'as many senders', senders: largest, depositWei: 2n * milli, reserveWei: milli },
  { name: 'as many senders, from their reserves', senders: largest, depositWei: 0n, reserveWei: 6n * milli },
] as const

interface Figures {
  readonly single: bigint
  readonly batch: bigint
}

/** Gas of the tickets one by one, and of the same tickets in one transaction. */
async function measure(
  chain: TestDevnet,
  connection: Connection,
  tickets: readonly SignedTicket[],
): Promise<Figures> {
  const before = await chain.snapshot()
  let single = 0n
  for (const ticket of tickets) single += (await redeem(chain, [ticket], singleLimit)).gasUsed
  await chain.revert(before)
  const again = await chain.snapshot()
  const simulated = await simulateTickets(connection, gateway.address, tickets)
  const { limit } = await batchGasLimit(connection, gateway.address, tickets, simulated)
  const { gasUsed: batch } = await redeem(chain, tickets, limit)
  await chain.revert(again)
  return { single, batch }
}

async function redeem(chain: TestDevnet, tickets: readonly SignedTicket[], limit: bigint) {
  const receipt = await sendRedemption(chain, tickets, limit)
  const redemptions = decodeRedemptions(devnetContracts.TicketBroker, receipt.logs)
  const paid = redemptions.filter(({ paidWei, faceValueWei }) => paidWei === faceValueWei)
  if (paid.length === tickets.length) return receipt
  throw new Error(`${String(paid.length)} of ${String(tickets.length)} tickets were paid in full`)
}

const print = (line: string) => process.stdout.write(`${line}\n`)

print('| rules | tickets of | batch of | gas a ticket | one by one | ratio |')
print('|---|---|---|---|---|---|')
for (const rules of devnetRules) {
  const chain = await startTestDevnet({ rules })
  const connection = await connect({ network: devnet, urls: [chain.rpcUrl] })
  for (const { name, senders, depositWei, reserveWei } of mixtures) {
    const start = await chain.snapshot()
    const gateways = await makeGateways(chain, senders, depositWei, reserveWei)
    const [first, ...tickets] = await makeWinners(chain, largest + 1, (index) => ({
      faceValue: milli,
      senderNonce: BigInt(index),
      privateKey: gateways[index % senders]?.privateKey ?? gateway.privateKey,
    }))
    if (first !== undefined) await redeem(chain, [first], singleLimit)
    for (const size of sizes) {
      const { single, batch } = await measure(chain, connection, tickets.slice(0, size))
      const each = (gas: bigint) => String(gas / BigInt(size))
      const ratio = (Number(batch) / Number(single)).toFixed(3)
      print(`| ${rules} | ${name} | ${String(size)} | ${each(batch)} | ${each(single)} | ${ratio} |`)
    }
    await chain.revert(start)
  }
  connection.rpc.close()
  await chain.stop()
}
