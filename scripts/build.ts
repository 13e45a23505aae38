import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'

import { writeManifest } from './manifest.ts'
import { withDevnet } from './with-devnet.ts'

const root = join(import.meta.dirname, '..')

async function bundleProgram(): Promise<void> {
  await build({
    entryPoints: [
      { in: join(root, 'src', 'main.ts'), out: 'lp-pay' },
      { in: join(root, 'src/lib/tickets/validation/validation-worker.ts'), out: 'validation-worker' },
    ],
    outdir: join(root, 'dist'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    // One-byte text is read and compiled faster.
    charset: 'ascii',
    legalComments: 'none',
    // oclif would compile plugins written in TypeScript with the first. inquirer is large, and loaded only to ask; the
    // databases are loaded only to open a store, and SQLite is native.
    external: ['typescript', 'inquirer', '@photostructure/sqlite', 'pg'],
    // Code that comes from V8's cache can require, but not import, and knows itself by another name.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.filename': '__filename' },
    logLevel: 'warning',
  })
}

function buildLibrary(): void {
  rmSync(join(root, 'dist', 'lib'), { recursive: true, force: true })
  run(createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', join(root, 'tsconfig.lib.json'))
}

function run(...words: string[]): void {
  execFileSync(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'], cwd: root })
}

await writeManifest(root)
await bundleProgram()
buildLibrary()
run('--import', 'tsx', join(root, 'scripts', 'devnet-snapshot.ts'))
await withDevnet(root, (rpcUrl) => run(join(root, 'scripts', 'code-cache.cjs'), rpcUrl))
