/**
 * 10,000 trials of a deposit's path, hourly over 30 days, with 1e9 tickets in each: npm run bench:simulation. As a ratio to
 * the loop that asks every ticket for itself, whose tickets a second are measured on 2e7 of them in the same run.
 */
import { rational } from '../src/lib/pm/rational.ts'
import { seededRandom } from '../src/lib/probability/random-source.ts'
import { simulateDeposit } from '../src/lib/simulation/deposit-paths.ts'
import { ticketClasses } from '../src/lib/simulation/workload.ts'

const hours = 720n
const trials = 10_000
const tickets = 1_000_000_000n
const looped = 20_000_000
const rounds = 3
const ticketEvWei = 8_000_000_000n

async function seconds(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

function loop(oneIn: number): number {
  const random = seededRandom(1n)
  let winners = 0
  for (let ticket = 0; ticket < looped; ticket++) if (random.next() < 1 / oneIn) winners++
  return winners
}

const print = (line: string) => process.stdout.write(`${line}\n`)
print('| one ticket in | winners of a trial | seconds here | tickets/s here | of a loop over tickets |')
print('| --- | --- | --- | --- | --- |')
for (const oneIn of [15_000n, 150_000n, 15_000_000n]) {
  const faceValueWei = ticketEvWei * oneIn
  const weiPerHour = rational(tickets * ticketEvWei, hours)
  const classes = ticketClasses([{ streams: rational(1n), weiPerHour, ticketEvWei, faceValueWei }])
  const winners = Number(tickets / oneIn)
  const depositWei = BigInt(Math.ceil(winners + 2 * Math.sqrt(winners))) * faceValueWei
  const runs: { readonly ours: number; readonly naive: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const naive = (await seconds(() => loop(Number(oneIn)))) / looped
    const ours = await seconds(() =>
      simulateDeposit({ classes, depositWei, hours, trials, random: seededRandom(1n) }),
    )
    runs.push({ ours, naive })
  }
  const [median] = [...runs].sort((a, b) => a.ours - b.ours).slice(1)
  const { ours = Number.NaN, naive = Number.NaN } = median ?? {}
  const perSecond = (Number(tickets) * trials) / ours
  const cells = [
    oneIn.toLocaleString('en'),
    winners.toLocaleString('en'),
    ours.toFixed(2),
    perSecond.toExponential(1),
  ]
  print(`| ${[...cells, Math.round(perSecond * naive).toLocaleString('en')].join(' | ')} |`)
}
