import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Draws the pictures of docs/sizing.md anew, with its own commands, by the program that the build has left. */
const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs', 'sizing.md'), 'utf8')
for (const [, words = ''] of page.matchAll(/^lp-pay (.* --svg \S+)/gm)) {
  execFileSync(process.execPath, [join(root, 'bin', 'run.cjs'), ...words.split(' ')], {
    cwd: join(root, 'docs', 'pictures'),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
