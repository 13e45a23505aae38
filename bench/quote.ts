/**
 * Quotes 10,000 jobs of every kind from lines of JSON to lines of JSON: npm run bench:quote. As a ratio to a loop that
 * only parses the same lines and writes the same quotes, in the same run; and the command itself, from its start to its end. Times are those
 * of the processor: other work on the machine does not count.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { parseGivenRate } from '../src/lib/pricing/given-rate.ts'
import { quoteLines } from '../src/lib/quote/quote-lines.ts'
import { renderQuoteLines } from '../src/output/render-quote.ts'

const rounds = Number(process.argv[2] ?? 5)
const count = 10_000
const program = join(import.meta.dirname, '..', 'bin', 'run.cjs')

const kinds: readonly ((index: number) => object)[] = [
  (index) => ({
    job: 'transcoding',
    out: '720p30,360p30',
    duration: `${String(1 + (index % 99))}m`,
    price: `${String(300 + (index % 900))}wei/pixel`,
  }),
  (index) => ({
    job: 'text-to-image',
    shape: '1024x1024',
    images: 1 + (index % 4),
    price: '4768371wei/pixel',
  }),
  () => ({ job: 'live-video-to-video', duration: '30m', price: '3.50USD/hour' }),
  (index) => ({ job: 'live', duration: `${String(10 + index)}s`, price: '3.50USD/hour' }),
  () => ({ job: 'audio-to-text', duration: '90s', price: '12882811wei/ms', requests: 10 }),
  (index) => ({ job: 'llm', tokens: 1 + index, price: '1000wei/token' }),
]
const jobsOf = (number: number) =>
  Array.from({ length: number }, (_, index) => `${JSON.stringify(kinds[index % kinds.length]?.(index))}\n`)
const lines = jobsOf(count)
const rate = parseGivenRate('2500')

async function* bytes(): AsyncIterable<Uint8Array> {
  for (let at = 0; at < lines.length; at += 500) {
    yield Buffer.from(lines.slice(at, at + 500).join(''))
    await Promise.resolve()
  }
}

async function quoteAll(): Promise<string> {
  let text = ''
  for await (const part of renderQuoteLines(quoteLines(bytes(), {}, { rate, redemptions: 'added' })))
    text += part
  return text
}

async function seconds(work: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Runs with the command, and says at its end what it took: seconds of the processor, and MB at the peak. */
const witness = `data:text/javascript,import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(2, JSON.stringify({ time: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }))
})`

function command(number: number): { readonly time: number; readonly megabytes: number } {
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', witness, program, 'price', 'quote', '--jobs', '-', '--rate', '2500', '--quiet'],
    { input: jobsOf(number).join(''), encoding: 'utf8', maxBuffer: 2 ** 30 },
  )
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stderr) as { time: number; megabytes: number }
}

const quotes = (await quoteAll())
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as object)
const peer = () => lines.map((line, index) => [JSON.parse(line) as object, JSON.stringify(quotes[index])])
const runs: { readonly own: number; readonly other: number }[] = []
for (let round = 0; round < rounds; round++) {
  runs.push({ other: await seconds(peer), own: await seconds(quoteAll) })
}
const ratio = median(runs.map(({ own, other }) => own / other)).toFixed(1)
const own = median(runs.map((run) => run.own))
const print = (line: string) => process.stdout.write(`${line}\n`)
print('| 10,000 jobs | of parsing and writing | CPU seconds here |')
print('| --- | --- | --- |')
print(`| quotes, in the library | ${ratio} | ${own.toFixed(2)} |`)
const [few, many] = [command(count), command(5 * count)]
print(`| the command, with its start | | ${few.time.toFixed(2)} |`)
print(
  `${few.megabytes.toFixed(0)} MB at the peak for 10,000 jobs, ${many.megabytes.toFixed(0)} MB for 50,000`,
)
