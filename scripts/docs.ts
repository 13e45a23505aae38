import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { findDrift } from './docs/drift.ts'
import { generateDocs } from './docs/generate.ts'

/** Writes the generated pages and schemas; with --check it only names those that have drifted, and ends with 1. */
const root = join(import.meta.dirname, '..')
const files = await generateDocs(root)
const drifted = findDrift(root, files)

if (process.argv.includes('--check')) {
  for (const path of drifted)
    process.stderr.write(`drifted: ${path} (next: node --import tsx scripts/docs.ts)\n`)
  process.exitCode = drifted.length > 0 ? 1 : 0
} else {
  for (const path of drifted) {
    const text = files.get(path)
    if (text === undefined) rmSync(join(root, path))
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    process.stdout.write(`${path}\n`)
  }
}
