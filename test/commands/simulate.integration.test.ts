import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { DepositForecast } from '../../src/lib/forecast/forecast-deposit.ts'
import type { Envelope } from '../../src/output/json.ts'
import { useUser } from '../helpers/user.ts'

const published =
  'deposit --streams 100 --shape 720p30 --price 1200wei/pixel --hours 24 --face-value 0.0012 --risk 0.1%'
const spend = ['--spend', '0.012eth', '--face-value', '0.0012']

describe('lp-pay simulate', () => {
  const user = useUser()
  const simulate = (words: readonly string[]) => user.run(['simulate', ...words])
  const forecast = async (words: readonly string[]) => {
    const { stdout } = await simulate(['deposit', ...words, '--json'])
    return (JSON.parse(stdout) as Envelope<DepositForecast>).result
  }

  it('deposit says what was published', async () => {
    const { stdout, code } = await simulate([...published.split(' '), '--no-chart'])
    assert.equal(code, 0)
    assert.match(stdout, /^in 24 h +0\.2867 ETH on average, a deviation of 0\.01855 ETH, 238\.9 winners$/m)
    assert.match(stdout, /^deposit +0\.3456 ETH: runs dry with 0\.0909 % \(asked for at most 0\.1 %\)$/m)
    assert.match(stdout, /^next: lp-pay deposit 0\.3456 --reserve 0\.12$/m)
  })

  it('deposit reads the published quantiles of the winners', async () => {
    for (const [wins, p95, p99] of [
      [1, 3, 4],
      [5, 9, 11],
      [50, 62, 67],
    ] as const) {
      const words = ['--spend', `${String(wins)}eth`, '--face-value', '1', '--hours', '1']
      for (const [risk, winners] of [
        ['5%', p95],
        ['1%', p99],
      ] as const) {
        const found = await forecast([...words, '--risk', risk])
        assert.equal(found?.deposit.depositWei.toString(), `${String(winners)}${'0'.repeat(18)}`)
      }
    }
  })

  it('deposit plays the same for the same seed, and agrees with what it works out', async () => {
    const words = [...spend, '--deposit', '0.3', '--trials', '2000', '--seed']
    const [one, again, other] = [
      await forecast([...words, '5']),
      await forecast([...words, '5']),
      await forecast([...words, '6']),
    ]
    assert.deepEqual(one, again)
    assert.notDeepEqual(one?.played?.bands, other?.played?.bands)
    const [exact, played] = [one?.left.dry.at(-1), one?.played?.dry.at(-1)]
    assert.ok(exact !== undefined && played !== undefined)
    assert.ok(played.low <= exact.high && exact.low <= played.high)
  })

  it('deposit says what it knows when it is interrupted, and ends with 3', async () => {
    const words = ['--deposit', '9', '--hours', '30d', '--trials', '20000', '--no-chart']
    const terminal = user.open(['simulate', 'deposit', ...spend, ...words])
    await terminal.waitFor('playing')
    terminal.signal('SIGINT')
    await terminal.waitFor('then interrupted')
    await terminal.waitFor('dry at the end')
    assert.equal(await terminal.exitCode(), 3)
  })

  it('writes a page and a picture, and draws without them', async () => {
    const [page, picture] = [join(user.home, 'a.html'), join(user.home, 'a.svg')]
    const { stderr } = await simulate(['gas', '--reserve', '0.12', '--report', page, '--svg', picture])
    assert.equal(stderr, `wrote ${page}\nwrote ${picture}\n`)
    assert.match(await readFile(page, 'utf8'), /^<!doctype html>/)
    assert.match(await readFile(picture, 'utf8'), /^<svg /)
    const { stdout } = await simulate(['gas', '--reserve', '0.12'])
    assert.match(stdout, /What redemptions add to the price/)
  })

  it('puts no key of an RPC into a page', async () => {
    const page = join(user.home, 'a.html')
    const words = ['--rpc-url', 'https://rpc.example/v3/SECRETKEY', '--offline', '--report', page]
    await simulate(['gas', ...words])
    assert.ok(!(await readFile(page, 'utf8')).includes('SECRETKEY'))
  })

  const year = ['--hours', '1000y']
  const answers: readonly (readonly [what: string, words: readonly string[], shows: RegExp])[] = [
    ['a thousand years', ['deposit', ...spend, ...year, '--deposit', '0.3'], /^deposit +1052\d\d/m],
    [
      '1e18 tickets an hour',
      ['deposit', '--spend', '8000000000eth', '--face-value', '1'],
      /^deposit +\d{12}/m,
    ],
    ['a thousand years of earnings', ['earnings', ...spend, ...year, '--gas-price', '1gwei'], /^net /m],
    [
      'winners that cost more than they pay',
      ['earnings', '--spend', '0.012eth', '--face-value', '0.0001', '--gas-price', '1gwei'],
      /^winners of 0\.0001 ETH cost more to redeem than they pay$/m,
    ],
  ]
  for (const [what, words, shows] of answers) {
    it(`answers ${what}`, async () => {
      const { stdout, stderr, code } = await simulate([...words, '--no-chart'])
      assert.equal(code, 0, stderr)
      assert.match(stdout, shows)
    })
  }

  const refused: readonly (readonly [words: string, code: string])[] = [
    ['deposit --face-value 1', 'WORKLOAD_MISSING'],
    ['deposit --spend 1eth', 'FACE_VALUE_UNKNOWN'],
    ['deposit --spend 0eth --face-value 1', 'SPEND_INVALID'],
    ['deposit --streams 0 --price 1wei/second --face-value 1', 'STREAMS_INVALID'],
    ['deposit --streams -1 --price 1wei/second --face-value 1', 'STREAMS_INVALID'],
    ['deposit --streams NaN --price 1wei/second --face-value 1', 'STREAMS_INVALID'],
    ['deposit --streams 1 --price -1wei/second --face-value 1', 'PRICE_INVALID'],
    ['deposit --streams 1 --price 1wei/pixel --face-value 1', 'SHAPE_MISSING'],
    ['deposit --streams 1 --price 1USD/hour --face-value 1', 'RATE_MISSING'],
    ['deposit --spend 1eth --face-value 1 --risk 0%', 'RISK_INVALID'],
    ['deposit --spend 1eth --face-value 1 --risk 100%', 'RISK_INVALID'],
    ['deposit --spend 1eth --face-value 1gwei', 'FACE_VALUE_BELOW_EV'],
    ['deposit --spend 1eth --face-value 1 --hours 0', 'HORIZON_INVALID'],
    ['deposit --spend 1eth --face-value 1 --hours 1001y', 'HORIZON_INVALID'],
    ['deposit --spend 1eth --face-value 1 --trials 0', 'TRIALS_INVALID'],
    ['deposit --spend 1eth --face-value 1 --trials 999999999', 'TRIALS_INVALID'],
    ['deposit --spend 1eth --gas-price 1gwei --reserve 0.01', 'RESERVE_TOO_LOW'],
    ['deposit --workload nowhere.yaml --face-value 1', 'WORKLOAD_FILE_MISSING'],
    ['earnings --spend 1eth --face-value 1', 'GAS_PRICE_UNKNOWN'],
    ['earnings --spend 1eth --gas-price 1', 'GAS_PRICE_INVALID'],
    ['gas --from 0wei', 'GAS_RANGE_INVALID'],
    ['gas --pool-size 0', 'NUMBER_INVALID'],
    ['gas --svg prices.yaml', 'FILE_NAME_INVALID'],
  ]
  for (const [words, expected] of refused) {
    it(`refuses ${words}`, async () => {
      const { stdout } = await simulate([...words.split(' '), '--json'])
      assert.equal((JSON.parse(stdout) as Envelope<object>).error?.code, expected)
    })
  }

  it('points at what is wrong in a workload file', async () => {
    const path = await user.write('w.yaml', 'classes:\n  - streams: NaN\n    price: 1wei/second\n')
    const { stderr, code } = await simulate(['deposit', '--workload', path, '--face-value', '1'])
    assert.equal(code, 4)
    assert.match(stderr, /classes\[0\]\.streams: "NaN" is not a number of streams at line 2, column 14/)
  })

  it('leaves the chain out when nobody answers, but not where a sender was named', async () => {
    const sender = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
    const nobody = ['--rpc-url', 'http://127.0.0.1:1', '--no-chart']
    const env = { LP_PAY_ACCOUNT: sender }
    const own = await user.run(['simulate', 'deposit', ...spend, ...nobody], { env })
    assert.equal(own.code, 0)
    assert.match(own.stderr, /^warning: .*; the chain is left out$/m)
    const named = await user.run(['simulate', 'deposit', ...spend, ...nobody, '--sender', sender], { env })
    assert.equal(named.code, 9)
  })
})
