import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

import { ESLint } from 'eslint'
import ts from 'typescript'

const root = join(import.meta.dirname, '..')
const walls = [
  'import-x/no-cycle',
  'import-x/no-restricted-paths',
  'no-console',
  'no-restricted-imports',
  'no-restricted-properties',
  'no-restricted-syntax',
]
const eslint = new ESLint({
  cwd: root,
  // Types take seconds, and these rules need none.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => walls.includes(ruleId),
})

interface Room {
  readonly room: string
  readonly imports: readonly string[]
}

describe('architecture', () => {
  let rooms: readonly Room[]
  before(async () => {
    const config = pathToConfig()
    rooms = ((await import(config)) as { rooms: readonly Room[] }).rooms
  })

  it('gives every room of src/lib a row', () => {
    const found = readdirSync(join(root, 'src', 'lib'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.name !== 'index.ts')
      .map((entry) => roomOf(join(root, 'src', 'lib', entry.name)))
    assert.deepEqual(rooms.map(({ room }) => room).sort(), found.sort())
  })

  it('lets a room import only rooms above it, so that there is no cycle', () => {
    const wrong = rooms.flatMap(({ room, imports }, index) =>
      imports
        .filter((name) => !rooms.slice(0, index).some((above) => above.room === name))
        .map((name) => `${room} -> ${name}`),
    )
    assert.deepEqual(wrong, [])
  })

  it('lists only arrows that exist', () => {
    const used = new Set(arrows())
    const stale = rooms.flatMap(({ room, imports }) =>
      imports.map((name) => `${room} -> ${name}`).filter((arrow) => !used.has(arrow)),
    )
    assert.deepEqual(stale, [])
  })

  const wrong: readonly (readonly [file: string, code: string])[] = [
    ['src/lib/pm/x.ts', "import { x } from '../../output/json.ts'"],
    ['src/lib/pm/x.ts', "import type { x } from '../../output/json.ts'"],
    ['src/lib/pm/x.ts', "export { x } from '../../output/json.ts'"],
    ['src/lib/pm/x.ts', "await import('../../output/json.ts')"],
    ['src/lib/pm/x.ts', "import { x } from '../tx/journal.ts'"],
    ['src/lib/text/x.ts', "import { x } from '../units/wei.ts'"],
    ['src/lib/tx/journal.ts', "import { x } from './run-operation.ts'"],
    ['src/lib/errors.ts', "import { x } from './text/sanitize.ts'"],
    ['src/lib/chain/x.ts', "import { x } from '../tx/journal.ts'"],
    ['src/lib/chain/x.ts', "import { x } from '../../../scripts/manifest.ts'"],
    ['src/lib/chain/x.ts', "import { Command } from '@oclif/core'"],
    ['src/lib/chain/x.ts', "import type { Command } from '@oclif/core/command'"],
    ['src/lib/chain/x.ts', "import { Chalk } from 'chalk'"],
    ['src/lib/chain/x.ts', "await import('inquirer')"],
    ['src/lib/chain/x.ts', "await import('cli-table3')"],
    ['src/lib/chain/x.ts', "await import('cli-' + 'table3')"],
    ['src/lib/chain/x.ts', "import { stdout } from 'node:process'"],
    ['src/lib/chain/x.ts', "import { x } from 'viem/chains'"],
    ['src/lib/chain/x.ts', "import { x } from 'viem/accounts'"],
    ['src/lib/chain/x.ts', "await import('viem')"],
    ['src/lib/chain/x.ts', "await import('viem/utils')"],
    ['src/lib/chain/x.ts', "console.log('x')"],
    ['src/lib/chain/x.ts', "process.stdout.write('x')"],
    ['src/lib/chain/x.ts', 'const { stderr } = process; stderr.end()'],
    ['src/lib/chain/x.ts', 'process.exit(1)'],
    ['src/lib/chain/x.ts', 'process.exitCode = 1'],
    ['src/lib/account/x.ts', "import { x } from 'viem/chains'"],
    ['src/lib/account/x.ts', "await import('viem/accounts')"],
    ['src/commands/x.ts', "import inquirer from 'inquirer'"],
    ['src/commands/x.ts', "import { Chalk } from 'chalk'"],
    ['src/commands/x.ts', "import { main } from '../main.ts'"],
    ['src/commands/x.ts', "import { x } from 'viem/accounts'"],
    ['src/commands/x.ts', "process.stdout.write('x')"],
    ['src/commands/x.ts', 'process.exit(1)'],
    ['src/flags/x.ts', "import { x } from '../output/json.ts'"],
    ['src/output/x.ts', "import inquirer from 'inquirer'"],
    ['src/output/x.ts', "import { x } from '../prompts/confirm.ts'"],
    ['src/output/x.ts', "import { x } from '@oclif/core/flags'"],
    ['src/output/x.ts', 'process.exit(1)'],
    ['src/prompts/x.ts', "import { Chalk } from 'chalk'"],
    ['src/prompts/x.ts', "import { x } from '../output/json.ts'"],
    ['src/prompts/x.ts', "process.stdout.write('x')"],
    ['src/base-command.ts', "import { x } from './commands/index.ts'"],
    ['src/base-command.ts', "process.stdout.write('x')"],
    ['src/main.ts', 'process.exit(1)'],
  ]
  for (const [file, code] of wrong) {
    it(`refuses ${code} in ${file}`, async () => {
      assert.notDeepEqual(await lint(file, code), [])
    })
  }

  const right: readonly (readonly [file: string, code: string])[] = [
    ['src/lib/index.ts', "export { x } from './sender/status.ts'"],
    ['src/lib/chain/x.ts', "import { x } from '../errors.ts'"],
    ['src/lib/chain/x.ts', "import { x } from './rpc.ts'"],
    ['src/lib/chain/x.ts', "import { x } from 'viem'"],
    ['src/lib/account/x.ts', "import { x } from 'viem/accounts'"],
    ['src/commands/x.ts', "import { Args } from '@oclif/core/args'"],
    ['src/commands/x.ts', "await import('../lib/sender/status.ts')"],
    ['src/flags/x.ts', "import { Flags } from '@oclif/core/flags'"],
    ['src/output/x.ts', "import { Chalk } from 'chalk'"],
    ['src/output/x.ts', "process.stdout.write('x')"],
    ['src/prompts/x.ts', "await import('inquirer')"],
    ['src/prompts/x.ts', 'export const output = process.stderr'],
    ['src/base-command.ts', 'process.exit(130)'],
  ]
  for (const [file, code] of right) {
    it(`allows ${code} in ${file}`, async () => {
      assert.deepEqual(await lint(file, code), [])
    })
  }

  it('has only rules that are errors or off', async () => {
    for (const file of ['src/main.ts', 'src/lib/errors.ts', 'test/architecture.test.ts', 'bin/run.cjs']) {
      const { rules = {} } = (await eslint.calculateConfigForFile(join(root, file))) as ESLint.ConfigData
      const warnings = Object.entries(rules).filter(([, setting]) => {
        const severity: unknown = Array.isArray(setting) ? setting[0] : setting
        return severity === 1 || severity === 'warn'
      })
      assert.deepEqual(warnings, [], file)
    }
  })

  it('has no comment that turns a rule off without a reason', () => {
    const bare = ['bin', 'scripts', 'src', 'test'].flatMap(filesUnder).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => /(\/\/|\/\*)\s*eslint-disable/.test(line) && !/eslint-disable.* -- \S+/.test(line))
        .map((line) => `${relative(root, file)}: ${line.trim()}`),
    )
    assert.deepEqual(bare, [])
  })
})

/** The configuration is JavaScript without types. */
function pathToConfig(): string {
  return join(root, 'eslint.config.js')
}

async function lint(file: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(`${code}\n`, { filePath: join(root, file) })
  return results.flatMap(({ messages }) => messages.map(({ message }) => message))
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|cjs|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Every `room -> room` that an import makes. */
function arrows(): string[] {
  return filesUnder('src/lib')
    .filter((file) => file !== join(root, 'src', 'lib', 'index.ts'))
    .flatMap((file) =>
      ts
        .preProcessFile(readFileSync(file, 'utf8'))
        .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => `${roomOf(file)} -> ${roomOf(resolve(dirname(file), fileName))}`),
    )
}

function roomOf(path: string): string {
  const [name = ''] = relative(join(root, 'src', 'lib'), path).split(/[\\/]/)
  return name.replace(/\.ts$/, '')
}
