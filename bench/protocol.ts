/**
 * Plays whole tickets, from parameters to the win: a gateway signs, an orchestrator validates. Beside it, in the same run,
 * the validation alone, of the tickets that were played, on one core: npm run bench:protocol.
 */
import type { ProtocolOptions } from '../src/lib/protocol/options.ts'
import { playProtocol } from '../src/lib/protocol/play-protocol.ts'
import { protocolEngine } from '../src/lib/protocol/protocol-engine.ts'
import { seededRandom } from '../src/lib/probability/random-source.ts'
import { layout } from '../src/lib/tickets/validation/packed-tickets.ts'
import { validatePacked } from '../src/lib/tickets/validation/validate-packed.ts'

const rounds = Number(process.argv[2] ?? 9)
const tickets = 8192
const engine = await protocolEngine()

const options: ProtocolOptions = {
  ...{ senders: 4, orchestrators: 4, tickets, rounds: 1, redemptionsPerRound: 4, roundLength: 50 },
  ...{ firstRound: 1n, ticketValidityPeriod: 2n, poolSize: 4n, rules: '2026' },
  ...{ ticketEvWei: 8n * 10n ** 9n, faceValueWei: 12n * 10n ** 14n, gasPriceWei: 10n ** 7n },
  ...{ depositWei: 10n ** 18n, reserveWei: 10n ** 18n },
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Microseconds a ticket. */
async function timed(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1000 / tickets
}

const played: Uint8Array[] = []
await playProtocol(options, seededRandom(1n), engine, { onTickets: (packed) => played.push(packed.slice()) })
const digests = Array.from({ length: tickets }, (_, index) =>
  engine.keccak256(Uint8Array.of(index & 255, index >> 8)).slice(),
)
const privateKey = new Uint8Array(32).fill(7)

const contenders: readonly (readonly [string, () => unknown])[] = [
  ['validation alone', () => played.forEach((packed) => validatePacked(packed, engine))],
  ['signing alone', () => digests.forEach((digest) => engine.sign(digest, privateKey))],
  ['whole tickets', () => playProtocol(options, seededRandom(1n), engine)],
]
const times = new Map<string, number[]>(contenders.map(([name]) => [name, []]))
for (let round = 0; round < rounds; round++) {
  for (const [name, work] of contenders) times.get(name)?.push(await timed(work))
}

const print = (line: string) => process.stdout.write(`${line}\n`)
print(
  `${String(played.reduce((sum, { length }) => sum + length / layout.end, 0))} tickets, ${String(rounds)} rounds`,
)
print('| what             | of the validation | tickets/s here |')
print('| ---------------- | ----------------- | -------------- |')
for (const [name, own] of times) {
  const ratios = own.map((time, round) => (times.get('validation alone')?.[round] ?? Number.NaN) / time)
  print(`| ${name} | ${median(ratios).toFixed(2)} | ${(1e6 / median(own)).toFixed(0)} |`)
}
