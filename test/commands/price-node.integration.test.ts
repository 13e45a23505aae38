import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import type { NodeApplication } from '../../src/lib/node/apply-plan.ts'
import type { Envelope } from '../../src/output/json.ts'
import { projectFolder } from '../helpers/devnet.ts'
import { formatGoRational } from '../helpers/go-rational.ts'
import { useNodeServer } from '../helpers/node-server.ts'
import { keys } from '../helpers/pseudo-terminal.ts'
import { useUser } from '../helpers/user.ts'

const friend = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const prices = `orchestrator:
  transcoding: 0.41USD/1e12pixels
  gateways:
    '${friend}': 300wei/pixel
  ticketEv: 3gwei
  maxFaceValue: 0.01eth
`

describe('lp-pay price on a running node', () => {
  const user = useUser()
  const nodes = useNodeServer()

  const start = async () => ({
    node: await nodes.start({ kind: 'orchestrator', prices: { default: '1200', [friend]: '300' } }),
    file: await user.write('prices.yaml', prices),
  })

  it('diff shows what differs and what cannot be read', async () => {
    const { node, file } = await start()
    const diff = await user.run(['price', 'diff', '--file', file, '--node', node.url, '--rate', '2500'])
    assert.deepEqual([diff.code, diff.stderr], [11, ''])
    assert.equal(
      diff.stdout,
      `${node.url}, an orchestrator; one ETH is 2500 USD
                                                                            file                                              node
differs         transcoding                                                 0.41USD/1e12pixels  164 wei/pixel                 1200 wei/pixel
equal           transcoding for ${friend}  300wei/pixel        300 wei/pixel                 300 wei/pixel
cannot be read  maxFaceValue                                                0.01eth             10000000000000000 wei/ticket  ?
cannot be read  ticketEv                                                    3gwei               -                             ?

1 value differs; 2 values cannot be read back
only when the node is started: -ticketEV 3000000000
`,
    )
  })

  it('apply shows what it would set and asks; without a terminal it wants --yes', async () => {
    const { node, file } = await start()
    const words = ['price', 'apply', '--file', file, '--node', node.url, '--rate', '2500']
    const refused = await user.run(words)
    assert.equal(refused.code, 3)
    assert.match(refused.stderr, /there is no terminal to ask at; nothing was set \(next: add --yes/)
    const declining = user.open(words, { columns: 160 })
    await declining.waitFor('1200 wei/pixel  -> 164 wei/pixel')
    await declining.answer(['Set them? (y/N)', keys.enter])
    assert.equal(await declining.exitCode(), 3)
    assert.deepEqual(node.writes, [])
    const agreeing = user.open(words, { columns: 160 })
    await agreeing.answer(['Set them? (y/N)', `y${keys.enter}`])
    await agreeing.waitFor('2 values applied')
    assert.equal(await agreeing.exitCode(), 0)
    assert.equal(node.memory.maxFaceValueWei, 10n ** 16n)
    const price = node.memory.prices.get('default')
    assert.equal(price && formatGoRational(price), '164')
  })

  it('apply sends nothing in a dry run or of a wrong file, and says how far it came', async () => {
    const { node, file } = await start()
    const words = ['price', 'apply', '--node', node.url, '--rate', '2500']
    const planned = await user.run([...words, '--file', file, '--dry-run'])
    assert.equal(planned.code, 0)
    assert.match(planned.stdout, /^set +transcoding .*-> 164 wei\/pixel$/m)
    const wrong = await user.write('wrong.yaml', prices.replace('300wei/pixel', '300wei'))
    const refused = await user.run([...words, '--file', wrong, '--yes'])
    assert.equal(refused.code, 4)
    assert.match(refused.stderr, /say what it is for, as in 1200wei\/pixel at line 4, column/)
    assert.deepEqual(node.writes, [])
    node.interfere('/setMaxFaceValue', (response) => response.writeHead(400).end('no\u001b[2J\n'))
    const half = await user.run([...words, '--file', file, '--yes', '--json'])
    const { result, error } = JSON.parse(half.stdout) as Envelope<NodeApplication>
    assert.deepEqual([half.code, error?.code, error?.message], [5, 'NODE_REFUSED', `${node.url} refused: no`])
    assert.deepEqual(
      result?.values.map(({ path, outcome }) => `${path} ${outcome}`),
      [
        'orchestrator.transcoding set',
        `orchestrator.gateways.${friend} untouched`,
        'orchestrator.maxFaceValue failed',
        'orchestrator.ticketEv untouched',
      ],
    )
  })

  it('takes the node from the variable and the profile, and knows no other than this machine by itself', async () => {
    const { node, file } = await start()
    const words = ['price', 'apply', '--file', file, '--rate', '2500', '--dry-run']
    const byVariable = await user.run(words, { env: { LP_PAY_NODE: node.url } })
    assert.equal(byVariable.code, 0)
    const set = await user.run(['config', 'set', 'node', node.url])
    assert.equal(set.code, 0, set.stderr)
    assert.equal((await user.run(words)).code, 0)
    const wrong = await user.run(['config', 'set', 'node', 'node.example'])
    assert.equal(wrong.code, 2)
    const both = await user.write('both.yaml', `${prices}gateway:\n  maxPrice: 1wei/pixel\n`)
    assert.equal((await user.run(['config', 'set', 'node', '--unset'])).code, 0)
    const unclear = await user.run(['price', 'diff', '--file', both])
    assert.equal(unclear.code, 2)
    assert.match(unclear.stderr, /is for two kinds of node, so say which node/)
  })

  it('apply --watch keeps the node in line until it is told to stop', async () => {
    const { node, file } = await start()
    const words = ['price', 'apply', '--watch', '--file', file, '--node', node.url, '--rate', '2500']
    assert.equal((await user.run(words)).code, 3)
    assert.deepEqual(node.writes, [])
    const child = spawn(
      process.execPath,
      [join(projectFolder, 'bin', 'run.cjs'), ...words, '--yes', '--every', '1s', '--json'],
      { env: { PATH: process.env['PATH'], HOME: user.home, LP_PAY_CONFIG_DIR: join(user.home, 'config') } },
    )
    const ended = new Promise((resolve) => child.once('close', resolve))
    const events: string[] = []
    let applications = 0
    let last = ''
    for await (const line of createInterface({ input: child.stdout })) {
      last = line
      const { event } = JSON.parse(line) as { event?: string }
      if (event === undefined || event === 'inLine') continue
      events.push(event)
      if (event === 'applied' && ++applications === 1) await node.restart()
      else if (event === 'applied') child.kill('SIGINT')
    }
    assert.equal(await ended, 0)
    assert.deepEqual(
      events.filter((event) => event !== 'failed'),
      ['applied', 'applied', 'stopped'],
    )
    const { ok, result } = JSON.parse(last) as Envelope<NodeApplication>
    assert.deepEqual([ok, result?.node], [true, node.url])
    assert.equal(node.memory.maxFaceValueWei, 10n ** 16n)
  })
})
