import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { defineConfig, globalIgnores } from 'eslint/config'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

const root = import.meta.dirname

/** Which room of src/lib may import which: the table of docs/architecture.md, so that the two cannot differ. */
function readRooms() {
  const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8')
  const [, section = ''] = page.split('## Inside src/lib\n')
  const [table] = section.split('\n## ')
  const rooms = [...table.matchAll(/^\| (?<room>[a-z]+) +\|[^|]*\|(?<imports>[a-z, ]*)\|$/gm)]
    .map(({ groups: { room, imports } }) => ({ room, imports: imports.match(/[a-z]+/g) ?? [] }))
    .filter(({ room }) => room !== 'room')
  const names = rooms.map(({ room }) => room)
  const unknown = rooms.flatMap(({ imports }) => imports).filter((name) => !names.includes(name))
  if (names.length === 0) throw new Error('docs/architecture.md has no table of rooms')
  if (unknown.length > 0) throw new Error(`docs/architecture.md has no row for ${unknown.join(', ')}`)
  return rooms
}

export const rooms = readRooms()

/** The room `errors` is one file. */
const pathOf = (room) => (room === 'errors' ? 'errors.ts' : room)

/** Arrows between folders: a target may import nothing of `from` but `except`. */
const zones = [
  [
    '.',
    [
      'lib',
      'output',
      'flags',
      'prompts',
      'commands',
      'base-command.ts',
      'sending-command.ts',
      'sender-command.ts',
      'redeeming-command.ts',
      'simulate-command.ts',
      'node-command.ts',
    ],
  ],
  ['lib', ['lib']],
  ['output', ['output', 'lib']],
  ['flags', ['flags', 'lib']],
  ['prompts', ['prompts', 'lib']],
  [
    'commands',
    [
      'commands',
      'lib',
      'output',
      'flags',
      'prompts',
      'base-command.ts',
      'sending-command.ts',
      'sender-command.ts',
      'redeeming-command.ts',
      'simulate-command.ts',
      'node-command.ts',
    ],
  ],
  ['base-command.ts', ['lib', 'output', 'prompts']],
  ['sending-command.ts', ['base-command.ts', 'lib', 'output', 'flags', 'prompts']],
  ['sender-command.ts', ['sending-command.ts', 'lib', 'output']],
  ['redeeming-command.ts', ['base-command.ts', 'lib', 'output', 'prompts']],
  ['simulate-command.ts', ['base-command.ts', 'lib', 'output', 'flags']],
  ['node-command.ts', ['base-command.ts', 'lib', 'output', 'prompts']],
]
  .map(([folder, imports]) => ({
    target: `./src/${folder}`,
    from: './src',
    except: imports.map((path) => `./${path}`),
    message: `docs/architecture.md: src/${folder} may import only ${imports.join(', ')}.`,
  }))
  .concat(
    rooms.map(({ room, imports }) => ({
      target: `./src/lib/${pathOf(room)}`,
      from: './src/lib',
      except: [room, ...imports].map((name) => `./${pathOf(name)}`),
      message: `docs/architecture.md: ${room} may import only ${imports.join(', ') || 'nothing'}.`,
    })),
    { target: './src', from: '.', except: ['./src', './node_modules'], message: 'src stands alone.' },
  )

/** Packages that only one place may import, as patterns of their names. */
const walledPackages = {
  oclif: ['@oclif(/|$)', 'only src/*.ts, src/commands and src/flags know oclif'],
  rendering: ['(chalk|cli-table3)(/|$)', 'only src/output renders'],
  inquirer: ['@?inquirer(/|$)', 'only src/prompts asks'],
  accounts: ['viem/accounts(/|$)', 'only src/lib/account holds keys'],
  chains: ['viem/chains(/|$)', 'loading it takes 400 ms; src/lib/chain/network.ts describes the networks'],
  process: ['(node:)?process$', 'use the global, which the rules below watch'],
}

/** Members of `process` that only one place may use. */
const walledMembers = {
  stdout: 'only src/output writes to standard output',
  stderr: 'only src/output writes to standard error',
  stdin: 'only src/prompts reads standard input',
  exit: 'set process.exitCode in src/base-command.ts; only it ends the process',
  exitCode: 'only src/base-command.ts and src/output/report-failure.ts set it',
  abort: 'errors end a command',
}

/** The rules about packages and `process`, with what a place is allowed. ESLint replaces options, so each has all. */
function walls({ packages = [], members = [] } = {}) {
  const closed = Object.entries(walledPackages).filter(([name]) => !packages.includes(name))
  return {
    'no-restricted-imports': [
      'error',
      { patterns: closed.map(([, [pattern, message]]) => ({ regex: `^${pattern}`, message })) },
    ],
    'no-restricted-syntax': [
      'error',
      ...closed.map(([, [pattern, message]]) => ({
        selector: `ImportExpression[source.value=/^${pattern.replaceAll('/', String.raw`\u002f`)}/]`,
        message,
      })),
      {
        selector: String.raw`ImportExpression[source.value=/^viem(\u002f|$)/]`,
        message: 'viem is part of the bundle: import it statically',
      },
      { selector: 'ImportExpression[source.type!="Literal"]', message: 'an import that no rule can check' },
    ],
    'no-restricted-properties': [
      'error',
      ...Object.entries(walledMembers)
        .filter(([property]) => !members.includes(property))
        .map(([property, message]) => ({ object: 'process', property, message })),
    ],
  }
}

/** ESLint's own rules against what the compiler lets pass. */
const mistakes = [
  'eqeqeq',
  'no-async-promise-executor',
  'no-case-declarations',
  'no-cond-assign',
  'no-constant-condition',
  'no-dupe-else-if',
  'no-empty',
  'no-empty-character-class',
  'no-empty-pattern',
  'no-eval',
  'no-extra-boolean-cast',
  'no-fallthrough',
  'no-loss-of-precision',
  'no-misleading-character-class',
  'no-new-func',
  'no-prototype-builtins',
  'no-self-assign',
  'no-sparse-arrays',
  'no-template-curly-in-string',
  'no-unassigned-vars',
  'no-unsafe-finally',
  'no-useless-assignment',
  'no-useless-catch',
  'no-useless-escape',
  'no-useless-rename',
  'object-shorthand',
  'preserve-caught-error',
]

export default defineConfig(
  globalIgnores(['dist', 'docs', 'contracts', 'src/lib/wire/messages.ts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  { rules: Object.fromEntries(mistakes.map((rule) => [rule, 'error'])) },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { globals: { process: 'readonly' } },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'writable', __dirname: 'readonly' },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })],
    },
    rules: {
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
      '@typescript-eslint/no-empty-function': ['error', { allow: ['methods', 'asyncMethods'] }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // It takes a check for needless where the compiler believes that nothing changed during an await.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      'import-x/no-duplicates': 'off',
      'import-x/no-extraneous-dependencies': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: root, zones }],
    },
  },
  // Helpers give plain objects, whose functions may be taken out of them.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  { files: ['src/**/*.ts'], rules: { 'no-console': 'error', ...walls() } },
  { files: ['src/*.ts', 'src/{commands,flags}/**/*.ts'], rules: walls({ packages: ['oclif'] }) },
  { files: ['src/commands/**/*.ts'], rules: { 'import-x/no-default-export': 'off' } },
  { files: ['test/helpers/reporter.ts'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['src/base-command.ts'],
    rules: walls({ packages: ['oclif'], members: ['exit', 'exitCode'] }),
  },
  { files: ['src/lib/account/**/*.ts'], rules: walls({ packages: ['accounts'] }) },
  {
    files: ['src/prompts/**/*.ts'],
    rules: walls({ packages: ['inquirer'], members: ['stdin', 'stderr'] }),
  },
  {
    files: ['src/output/**/*.ts'],
    rules: {
      'no-console': 'off',
      ...walls({ packages: ['rendering'], members: ['stdout', 'stderr'] }),
    },
  },
  {
    files: ['src/output/report-failure.ts'],
    rules: walls({ packages: ['rendering'], members: ['stdout', 'stderr', 'exitCode'] }),
  },
)
