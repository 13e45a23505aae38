import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parse } from 'yaml'

import { registry } from '../../src/lib/checks/registry.ts'
import { projectFolder, useTestDevnet } from '../helpers/devnet.ts'
import { runShell } from '../helpers/run-cli.ts'

const placeholderPort = '8545'

describe('docs/ci.md', () => {
  const devnet = useTestDevnet()
  let page: string
  let folder: string

  beforeEach(async () => {
    page = await readFile(join(projectFolder, 'docs', 'ci.md'), 'utf8')
    folder = await mkdtemp(join(tmpdir(), 'lp-pay-docs-'))
    const checks = blocks('yaml').find((block) => block.includes('deposit-at-least')) ?? ''
    await writeFile(join(folder, 'checks.yaml'), checks)
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  function blocks(language: string): readonly string[] {
    const found = page.matchAll(/^```(\w+)\n(.*?)^```$/gms)
    return [...found].flatMap(([, kind, text = '']) => (kind === language ? [text] : []))
  }

  function block(language: string): string {
    const [only, ...others] = blocks(language)
    assert.ok(only !== undefined && others.length === 0, `one block of ${language}`)
    return only
  }

  /** Runs a script where checks.yaml is, as someone whose RPC is the devnet. */
  async function shell(script: string, env: Readonly<Record<string, string>> = {}) {
    const surroundings = { LP_PAY_RPC_URL: devnet.rpcUrl, HOME: folder, ...env }
    return runShell(script, { cwd: folder, env: surroundings })
  }

  const network = { LP_PAY_NETWORK: 'devnet' }

  async function fund(): Promise<void> {
    const { code, stderr } = await shell(block('sh'))
    assert.equal(code, 0, stderr)
  }

  it('lists every check with what it says of itself', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` +\| (\S*) +\| (.*?) *\|$/gm)].map((row) => row.slice(1))
    assert.deepEqual(
      rows,
      registry.map(({ name, form, placeholder = '', description }) => [
        name,
        { always: '', switch: '`true`', value: `\`${placeholder}\`` }[form],
        description,
      ]),
    )
  })

  it('shows what its commands print on a devnet', async () => {
    await fund()
    const shown = block('console').split('\n')
    const commands = shown.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2))
    // The mark between two commands must not change $?.
    const script = commands
      .map((command) => `echo '$ '${quote(command)}; (exit $s); ${command}; s=$?`)
      .join('\n')
    const { stdout, stderr } = await shell(`s=0\n${script}`, network)
    assert.equal(stderr, '')
    // Which tickets orchestrators offer follows the price of gas, block by block.
    const comparable = (text: string) =>
      text
        .replaceAll(/(with tickets of) [\d.]+ ETH/g, '$1 some ETH')
        .trimEnd()
        .split('\n')
    assert.deepEqual(
      comparable(stdout.replaceAll(`:${String(devnet.port)}`, `:${placeholderPort}`)),
      comparable(block('console')),
    )
  })

  interface Workflow {
    readonly jobs: { readonly check: { readonly steps: readonly Step[] } }
  }
  interface Step {
    readonly run?: string
    readonly env?: Readonly<Record<string, string>>
  }

  it('has a workflow that passes when all is well, and fails with an annotation otherwise', async () => {
    const text = blocks('yaml').find((candidate) => candidate.includes('runs-on')) ?? ''
    const { steps } = (parse(text) as Workflow).jobs.check
    const own = steps.filter(({ run }) => run?.startsWith('lp-pay'))
    assert.equal(own.length, 1)
    const [{ run = '', env = {} } = {}] = own
    assert.deepEqual(Object.keys(env), ['LP_PAY_RPC_URL'])

    const failing = await shell(run, network)
    assert.equal(failing.code, 11)
    assert.match(failing.stdout, /^::error title=lp-pay check%3A deposit-at-least::0 ETH, limit 0\.1 ETH: /m)
    await fund()
    const passing = await shell(run, network)
    assert.equal(passing.code, 0)
    assert.doesNotMatch(passing.stdout, /^::/m)
  })

  it('has a line for cron that prints only when something is wrong', async () => {
    const [, schedule = '', command = ''] = /^((?:\S+ ){5})(.*)\n$/.exec(block('crontab')) ?? []
    assert.match(schedule, /^[\d*/, -]+ $/)
    assert.doesNotMatch(command, /%/, 'cron would take it for a line break')
    const failing = await shell(command, network)
    assert.match(failing.stdout, /^FAIL {2}deposit-at-least/m)
    await fund()
    const passing = await shell(command, network)
    assert.deepEqual([passing.code, passing.stdout, passing.stderr], [0, '', ''])
  })
})

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
