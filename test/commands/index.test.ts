import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Command } from '@oclif/core/command'
import { parse } from '@oclif/core/parser'

import { examplesOf } from '../../scripts/docs/command-pages.ts'
import { commands } from '../../src/commands/index.ts'

const folder = join(import.meta.dirname, '..', '..', 'src', 'commands')

describe('commands', () => {
  it('are those that have a file', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
      .map((file) => file.replace(/(\/index)?\.ts$/, '').replaceAll('/', ':'))
    assert.deepEqual(Object.keys(commands).sort(), files.sort())
  })

  for (const [id, load] of Object.entries(commands)) {
    describe(id.replaceAll(':', ' '), () => {
      let command: Command.Class
      before(async () => {
        command = (await load()).default
      })

      it('says what it does in a fragment', () => {
        assert.match(command.summary ?? '', /^[a-z].*[^.]$/)
        assert.match(command.description ?? 'X.', /^[A-Z].*\.$/s)
      })

      it('describes every flag and argument in a fragment', () => {
        for (const [name, { description }] of Object.entries({ ...flagsOf(command), ...command.args })) {
          assert.match(description ?? '', /^(?![A-Z][a-z]).*[^.]$/, name)
        }
      })

      it('gives examples that its own parser takes', async () => {
        const examples = examplesOf({ examples: command.examples })
        assert.notEqual(examples.length, 0)
        for (const example of examples) {
          const call = ['lp-pay', ...id.split(':')]
          const words = split(example)
          assert.deepEqual(words.slice(0, call.length), call, example)
          const { strict, args } = command
          await assert.doesNotReject(
            parse(words.slice(call.length), { flags: flagsOf(command), args, strict }),
            example,
          )
        }
      })
    })
  }
})

function flagsOf(command: Command.Class): Command.Class['flags'] {
  return { ...command.baseFlags, ...command.flags }
}

/** The words of a command line up to what the shell does with its output. */
function split(commandLine: string): string[] {
  const [call = ''] = commandLine.split(/ (?:[<>|]|&&) /)
  return [...call.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  )
}
