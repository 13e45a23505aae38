import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'

import { completionScript } from '../../src/output/completion.ts'
import { bounded } from '../helpers/mortal.ts'

const flag = (name: string) => ({ [name]: {} })
const commands = [
  { id: 'deposit', flags: { ...flag('dry-run'), ...flag('yes') }, hidden: false, summary: 'add to it' },
  { id: 'unlock', flags: flag('yes'), hidden: false, summary: "it's begun" },
  { id: 'unlock:cancel', flags: flag('json'), hidden: false, summary: 'take it back' },
  { id: 'secret', flags: flag('key'), hidden: true, summary: '' },
]

/** What bash offers for the last of some words. */
function complete(...words: string[]): string[] {
  const script = `${completionScript('bash', commands)}
    COMP_WORDS=(lp-pay ${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=${String(words.length)}
    _lp_pay
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const offered = execFileSync('bash', ['-c', script], { ...bounded, encoding: 'utf8' })
  return offered.split('\n').filter((word) => word !== '')
}

describe('completion in a shell', () => {
  it('offers commands, subcommands and flags in bash', () => {
    assert.deepEqual(complete(''), ['deposit', 'unlock'])
    assert.deepEqual(complete('dep'), ['deposit'])
    assert.deepEqual(complete('deposit', '--'), ['--dry-run', '--yes'])
    assert.deepEqual(complete('deposit', '0.1', '--d'), ['--dry-run'])
    assert.deepEqual(complete('unlock', ''), ['--yes', 'cancel'])
    assert.deepEqual(complete('unlock', 'cancel', ''), ['--json'])
  })

  it('offers no hidden command in any shell', () => {
    for (const shell of ['bash', 'zsh', 'fish'] as const) {
      assert.doesNotMatch(completionScript(shell, commands), /secret/)
      assert.match(completionScript(shell, commands), /cancel/)
    }
  })

  it('quotes summaries for fish', () => {
    assert.match(completionScript('fish', commands), /-d 'it\\'s begun'/)
  })
})
