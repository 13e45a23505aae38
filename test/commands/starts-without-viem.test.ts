import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const commands = join(import.meta.dirname, '..', '..', 'src', 'commands')

/** Loading viem takes longer than these commands do. */
describe('commands that ask no chain', () => {
  for (const name of ['apply', 'check', 'convert', 'diff', 'export', 'init', 'quote', 'set', 'show']) {
    it(`price ${name} starts without viem`, () => {
      assert.deepEqual(
        [...importedBy(join(commands, 'price', `${name}.ts`))].filter((each) => /^viem(\/|$)/.test(each)),
        [],
      )
    })
  }

  for (const name of ['deposit', 'earnings', 'gas']) {
    it(`simulate ${name} starts without viem`, () => {
      assert.deepEqual(
        [...importedBy(join(commands, 'simulate', `${name}.ts`))].filter((each) => /^viem(\/|$)/.test(each)),
        [],
      )
    })
  }

  it('would be noticed', () => {
    assert.ok(
      [...importedBy(join(commands, '..', 'lib', 'account', 'sign-locally.ts'))].includes('viem/accounts'),
    )
  })
})

/** The packages that a file, and what it imports at once, needs at run time. */
function importedBy(file: string, seen = new Set<string>()): ReadonlySet<string> {
  const packages = new Set<string>()
  if (seen.has(file)) return packages
  seen.add(file)
  for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import (?!type\b)|export [{*])(?:[^'";]*? from )?'([^']+)'$/gm,
  )) {
    if (!target.startsWith('.')) packages.add(target)
    else for (const name of importedBy(resolve(dirname(file), target), seen)) packages.add(name)
  }
  return packages
}
