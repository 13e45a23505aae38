import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

import { build } from 'esbuild'

import { projectFolder } from './devnet.ts'
import { mortal } from './mortal.ts'

/** How a program ended, and what it said. */
export interface ProgramEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A program of the tests that is started often. */
export interface Program {
  run(...args: readonly string[]): Promise<ProgramEnd>
  /** Kills it so long after it has first said something. */
  runAndKill(afterMs: number, ...args: readonly string[]): Promise<ProgramEnd>
}

/** Bundles a script for the tests of the surrounding suite: it starts in a fraction of the time that tsx takes. */
export function useProgram(script: string): Program {
  let folder = ''
  let bundle = ''
  before(async () => {
    const dist = join(projectFolder, 'dist')
    mkdirSync(dist, { recursive: true })
    folder = mkdtempSync(join(dist, 'test-program-'))
    bundle = join(folder, basename(script).replace(/\.ts$/, '.mjs'))
    await build({
      entryPoints: [script],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      // Drivers with binaries; they are found from the bundle's place.
      external: ['@photostructure/sqlite', 'pg'],
      logLevel: 'warning',
    })
  })
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    run: (...args) => runToEnd([bundle, ...args]),
    runAndKill: (afterMs, ...args) => runToEnd([bundle, ...args], afterMs),
  }
}

function runToEnd(args: readonly string[], killAfterMs?: number): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = mortal(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] }))
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text))
    }
    if (killAfterMs !== undefined) {
      child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), killAfterMs))
    }
    child.on('error', reject).on('close', (code, signal) => {
      resolve({ code, signal, ...output })
    })
  })
}
