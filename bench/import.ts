/**
 * Imports NDJSON tickets into an SQLite store: the rate, the peak of the memory, and what each stage takes alone:
 * npm run bench:import -- [TICKETS] [ROUNDS].
 */
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const count = Number(process.argv[2] ?? 1_000_000)
const rounds = Number(process.argv[3] ?? 5)
/** So many are enough to compare the stages by. */
const sampleCount = Math.min(count, 100_000)
const here = import.meta.dirname
const folder = mkdtempSync(join(tmpdir(), 'lp-pay-bench-'))

const stages = ['all', 'parse', 'validate', 'store'] as const
type Stage = (typeof stages)[number]

interface Outcome {
  readonly tickets: number
  readonly seconds: number
  readonly peakMb: number
}

/** Signs on all cores. */
async function makeTickets(file: string, tickets: number): Promise<void> {
  const parts = availableParallelism()
  const each = Math.ceil(tickets / parts)
  const files = Array.from({ length: parts }, (_, part) => `${file}.${String(part)}`)
  await Promise.all(
    files.map((path, part) => {
      const size = Math.min(each, tickets - part * each)
      const words = [
        '--import',
        'tsx',
        join(here, 'make-ticket-lines.ts'),
        path,
        String(part * each),
        String(size),
      ]
      return promisify(execFile)(process.execPath, words)
    }),
  )
  execFileSync('sh', ['-c', `cat ${files.join(' ')} > ${file}`])
  for (const path of files) await rm(path)
}

/** In a fresh folder, and without tsx. */
function run(stage: Stage, file: string): Outcome {
  const data = join(folder, 'store')
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data, { mode: 0o700 })
  const words = [join(here, 'import-stage.js'), stage, file, data]
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as Outcome
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const sample = join(folder, 'sample.ndjson')
await makeTickets(sample, sampleCount)
const outcomes = new Map<Stage, Outcome[]>(stages.map((stage) => [stage, []]))
for (let round = 0; round < rounds; round++) {
  for (const stage of stages) outcomes.get(stage)?.push(run(stage, sample))
}
const file = join(folder, 'tickets.ndjson')
await makeTickets(file, count)
const whole = run('all', file)
rmSync(folder, { recursive: true, force: true })

const secondsOf = (stage: Stage) => (outcomes.get(stage) ?? []).map(({ seconds }) => seconds)
const names: Readonly<Record<Stage, string>> = {
  all: 'the import',
  parse: 'reading and parsing alone',
  validate: 'the import without the store',
  store: 'the store alone',
}
const print = (line: string) => process.stdout.write(`${line}\n`)
print(
  `| ${String(sampleCount)} tickets, ${String(availableParallelism())} cores | of the import's time | tickets/s here |`,
)
print('|---|---|---|')
for (const stage of stages) {
  const all = secondsOf('all')
  const share = median(secondsOf(stage).map((seconds, round) => seconds / (all[round] ?? Number.NaN)))
  print(`| ${names[stage]} | ${share.toFixed(2)} | ${(sampleCount / median(secondsOf(stage))).toFixed(0)} |`)
}
print('')
print(
  `${String(whole.tickets)} tickets: ${whole.seconds.toFixed(0)} s, ${(whole.tickets / whole.seconds).toFixed(0)} tickets/s, ` +
    `peak ${whole.peakMb.toFixed(0)} MB (${String(sampleCount)} tickets: ${median((outcomes.get('all') ?? []).map(({ peakMb }) => peakMb)).toFixed(0)} MB)`,
)
