/**
 * Validates tickets (three hashes, recovery, compare, win check) with lp-pay's validator on one core and in threads, beside
 * viem's own functions and a C program with libsecp256k1, which go-livepeer links: npm run bench:validation. C is left out
 * where the header secp256k1_recovery.h is missing (Debian: libsecp256k1-dev).
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { concatHex, encodePacked, keccak256, numberToHex, recoverMessageAddress } from 'viem'

import { auxData } from '../src/lib/pm/aux-data.ts'
import type { SignedTicket } from '../src/lib/pm/ticket.ts'
import { defaultThreads, openValidator } from '../src/lib/tickets/validation/open-validator.ts'
import type { Validator } from '../src/lib/tickets/validation/open-validator.ts'
import { packTickets } from '../src/lib/tickets/validation/packed-tickets.ts'
import { batchSize } from '../src/lib/tickets/validation/validate-tickets.ts'
import { makeSignedTicket } from '../test/helpers/make-signed-ticket.ts'

const rounds = Number(process.argv[2] ?? 15)
const count = 8 * batchSize
const viemCount = 256

/** Sixteen senders, half of whose tickets win. */
const tickets = Array.from({ length: count }, (_, index) =>
  makeSignedTicket({
    privateKey: `0x${(index % 16).toString(16).padStart(2, '5').repeat(32)}`,
    senderNonce: BigInt(index),
    recipientRand: 2n ** 255n + BigInt(index),
    winProb: 2n ** 255n,
  }),
)
const batches = Array.from({ length: count / batchSize }, (_, index) =>
  tickets.slice(index * batchSize, (index + 1) * batchSize),
)

/** Microseconds a ticket. */
type Contender = () => Promise<number>

async function timed(work: () => Promise<unknown>, ticketCount: number): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1000 / ticketCount
}

const ours =
  (validator: Validator): Contender =>
  () =>
    timed(() => Promise.all(batches.map((batch) => validator.validate(batch))), count)

async function isWinnerWithViem(ticket: SignedTicket): Promise<boolean> {
  const rand = numberToHex(ticket.recipientRand, { size: 32 })
  if (keccak256(rand) !== ticket.recipientRandHash) return false
  const { recipient, sender, faceValue, winProb, senderNonce, recipientRandHash } = ticket
  const hash = keccak256(
    encodePacked(
      ['address', 'address', 'uint256', 'uint256', 'uint256', 'bytes32', 'bytes'],
      [recipient, sender, faceValue, winProb, senderNonce, recipientRandHash, auxData(ticket)],
    ),
  )
  if ((await recoverMessageAddress({ message: { raw: hash }, signature: ticket.sig })) !== sender)
    return false
  return BigInt(keccak256(concatHex([ticket.sig, rand]))) < winProb
}

async function withViem(): Promise<number> {
  return timed(async () => {
    for (const ticket of tickets.slice(0, viemCount)) await isWinnerWithViem(ticket)
  }, viemCount)
}

/** Undefined where it cannot be compiled. */
function compileC(folder: string): Contender | undefined {
  const program = join(folder, 'validate')
  const source = join(import.meta.dirname, 'c', 'validate.c')
  const { status } = spawnSync('cc', ['-O2', '-std=gnu11', '-o', program, source, '-lsecp256k1'], {
    stdio: 'ignore',
  })
  if (status !== 0) return undefined
  const file = join(folder, 'tickets')
  writeFileSync(file, packTickets(tickets))
  return () => {
    const [winners, nanoseconds] = execFileSync(program, [file], { encoding: 'utf8' }).split(' ').map(Number)
    if (winners !== winnerCount)
      throw new Error(`C finds ${String(winners)} winners, we ${String(winnerCount)}`)
    return Promise.resolve((nanoseconds ?? Number.NaN) / 1000 / count)
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const threads = defaultThreads()
const alone = openValidator({ threads: 1 })
const inThreads = openValidator({ threads })
const judgements = (await Promise.all(batches.map((batch) => alone.validate(batch)))).flat()
const winnerCount = judgements.filter(({ verdict }) => verdict === 'winner').length

const folder = mkdtempSync(join(tmpdir(), 'lp-pay-bench-'))
const c = compileC(folder)
const contenders: readonly (readonly [string, Contender])[] = [
  ...(c === undefined ? [] : [['C, libsecp256k1, one core', c] as const]),
  ['lp-pay, one core', ours(alone)],
  [`lp-pay, ${String(threads)} threads`, ours(inThreads)],
  ["viem's own functions", withViem],
]

const times = new Map<string, number[]>(contenders.map(([name]) => [name, []]))
for (const [, run] of contenders) await run()
for (let round = 0; round < rounds; round++) {
  for (const [name, run] of contenders) times.get(name)?.push(await run())
}
await Promise.all([alone.close(), inThreads.close()])
rmSync(folder, { recursive: true, force: true })

/** How many times as fast as another in the same round. */
function ratio(name: string, other: string): string {
  const own = times.get(name) ?? []
  const others = times.get(other)
  return others === undefined
    ? ''
    : median(others.map((time, round) => time / (own[round] ?? Number.NaN))).toFixed(2)
}

const print = (line: string) => process.stdout.write(`${line}\n`)
print(`${String(availableParallelism())} cores, ${String(count)} tickets, ${String(rounds)} rounds`)
if (c === undefined) print('C is left out: it takes cc and secp256k1_recovery.h (Debian: libsecp256k1-dev)')
print('| validation | tickets/s here | of C | of viem |')
print('|---|---|---|---|')
for (const [name] of contenders) {
  const perSecond = (1e6 / median(times.get(name) ?? [])).toFixed(0)
  print(
    `| ${name} | ${perSecond} | ${ratio(name, 'C, libsecp256k1, one core')} | ${ratio(name, "viem's own functions")} |`,
  )
}
