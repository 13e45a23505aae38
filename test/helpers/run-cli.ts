import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { mortal } from './mortal.ts'

const program = join(import.meta.dirname, '..', '..', 'bin', 'run.cjs')

export interface RunOptions {
  /** Added to an environment that holds nothing of this one but the PATH. */
  readonly env?: Readonly<Record<string, string>>
  /** Standard input; closed when absent. */
  readonly input?: string
  /** An empty folder of its own when absent. */
  readonly cwd?: string
  /** 30 seconds when absent; what lasts longer is killed and is an error. */
  readonly timeoutMs?: number
}

export interface RunResult {
  readonly stdout: string
  readonly stderr: string
  /** Null when a signal has ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/**
 * Runs the program that the build has left. Its configuration and data are in fresh folders, which are gone afterwards,
 * unless LP_PAY_CONFIG_DIR and LP_PAY_DATA_DIR say where they are.
 */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return inFreshFolders(options, (environment) => run(process.execPath, [program, ...args], environment))
}

/** Runs a script for sh, to which the program is `lp-pay`, as it is to its users. */
export function runShell(script: string, options: RunOptions = {}): Promise<RunResult> {
  return inFreshFolders(options, async (environment) => {
    const { env, folder } = environment
    const bin = join(folder, 'bin')
    await mkdir(bin)
    const shim = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`
    await writeFile(join(bin, 'lp-pay'), shim, { mode: 0o755 })
    const PATH = [bin, env['PATH']].join(delimiter)
    return run('sh', ['-c', script], { ...environment, env: { ...env, PATH } })
  })
}

interface Environment extends RunOptions {
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly folder: string
}

async function inFreshFolders<Result>(
  options: RunOptions,
  use: (environment: Environment) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'lp-pay-cli-'))
  try {
    const cwd = join(folder, 'cwd')
    await mkdir(cwd)
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      TMPDIR: tmpdir(),
      LP_PAY_CONFIG_DIR: join(folder, 'config'),
      LP_PAY_DATA_DIR: join(folder, 'data'),
      ...options.env,
    }
    return await use({ cwd, ...options, env, folder })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(
  command: string,
  args: readonly string[],
  { env, cwd, input, timeoutMs = 30_000 }: Environment,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = mortal(spawn(command, args, { env, cwd }))
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text))
    }
    // A program that ends without reading its input closes the pipe.
    child.stdin.on('error', () => undefined).end(input ?? '')
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      // What the killed one has started may still hold them.
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
      reject(new Error(`${[command, ...args].join(' ')} took too long\n${output.stdout}${output.stderr}`))
    }, timeoutMs)
    child.on('error', reject).on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ ...output, code, signal })
    })
  })
}
