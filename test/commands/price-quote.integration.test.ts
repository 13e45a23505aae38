import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { parseWei } from '../../src/lib/units/wei.ts'
import { gateway } from '../helpers/sender-fixture.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import { fund } from '../lib/sender/on-chain.ts'

const stream = 'price quote transcoding --out 720p30,360p30 --duration 1h --price 1200wei/pixel'

describe('price quote', () => {
  const cli = useDevnetCli()

  it('shows the price, both sides, the tickets and what it supposes', async () => {
    const { stdout, stderr, code } = await cli.run(`${stream} --concurrency 10 --rate 2500`)
    assert.deepEqual([code, stderr], [0, ''])
    assert.deepEqual(stdout.split('\n'), [
      'job         transcoding, 10 at once',
      'price       1200 wei a pixel, told as 1212 wei',
      'ticket EV   8 gwei',
      'face value  0.0012 ETH, 100 redemptions',
      'wins        1 in 150,000',
      'redeeming   1 % of a ticket',
      '',
      '                                 amount                    wei                    ETH                   USD',
      'the gateway reckons with         1,269,043,200,001 pixels  1,538,080,358,400,001  0.001538080358400001  3.845201',
      'the orchestrator takes           1,244,160,000,000 pixels  1,507,921,920,000,000  0.00150792192         3.769805',
      'winning tickets pay, on average                            1,508,000,000,000,000  0.001508              3.770000',
      '',
      'tickets   188,500 in 18,000 payments, at most 11 in one',
      'winners   1.256666667 on average',
      'rate      1 ETH = 2500 USD, as given',
      'supposed  a gas price of 0.01 gwei, a reserve that limits no face value, a ticket EV of 8 gwei',
      '',
    ])
  })

  it("reads a sender's reserve and deposit, and the present gas price", async () => {
    await fund(cli.chain, parseWei('0.0001'), parseWei('0.036'))
    const { result, warnings } = await cli.json(`${stream} --sender ${gateway.address} --gas-price 0.2gwei`)
    const { price, supposed, tickets } = result?.['quote'] as {
      price: object
      supposed: string[]
      tickets: Record<string, unknown>
    }
    // Three orchestrators share the reserve: 0.012 ETH, of which redeeming takes 2 %.
    assert.deepEqual(price, { from: 'price', unit: 'pixel', ownWei: '1200', toldWei: '1224' })
    assert.deepEqual(
      [tickets['faceValueWei'], tickets['boundBy'], tickets['overheadBasisPoints']],
      ['12000000000000000', 'maxFloat', '200'],
    )
    assert.deepEqual(supposed, ['a ticket EV of 8 gwei'])
    assert.deepEqual(warnings, [
      'a face value of 0.012 ETH is above the deposit of 0.0001 ETH: the gateway sends none',
    ])
    await cli.refuses(`${stream} --sender 0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65`, {
      code: 'SENDER_REFUSED',
      exitCode: 5,
      message: 'insufficient sender reserve: no orchestrator offers this sender tickets of that EV',
      next: 'lp-pay params says what is missing',
    })
  })

  it('quotes a file of jobs line by line, and ends with the envelope', async () => {
    const path = join(cli.dataFolder, '..', 'jobs.ndjson')
    await writeFile(
      path,
      '{"job":"llm","price":"1gwei/token"}\nnonsense\n{"job":"upscale","shape":"512x512"}\n',
    )
    const { stdout, stderr, code } = await cli.run(`price quote --jobs ${path} --price 1gwei/pixel --json`)
    assert.deepEqual([code, stderr], [0, ''])
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, object>)
    assert.deepEqual(
      lines.slice(0, 3).map((line) => Object.keys(line)),
      [
        ['line', 'quote'],
        ['line', 'error'],
        ['line', 'quote'],
      ],
    )
    assert.deepEqual(lines[3]?.['result'], {
      quote: null,
      lines: { complete: true, quoted: 2, refused: 1 },
    })
    const text = await cli.run(`price quote --jobs ${path} --price 1gwei/pixel`)
    assert.equal(text.stdout, `${stdout.split('\n').slice(0, 3).join('\n')}\n`)
    assert.equal(text.stderr, 'warning: 1 of 3 jobs have no quote: see their error\n')
  })

  it('reads jobs from standard input, and fails where none can be quoted', async () => {
    const { stdout, stderr, code } = await cli.run('price quote --jobs -', { input: '{"job":"llm"}\n' })
    assert.equal(code, 11)
    assert.equal((JSON.parse(stdout) as { error: { code: string } }).error.code, 'PRICE_MISSING')
    assert.equal(stderr, 'warning: 1 of 1 jobs have no quote: see their error\n')
  })

  for (const [words, refusal] of [
    [
      'llm --price 1e12wei',
      {
        code: 'PRICE_INVALID',
        message: '--price: "1e12wei" is not a price: exponents are not taken in an amount',
        next: 'write prices like 1200wei/pixel, 0.41USD/1e12pixels or 3.50USD/hour',
      },
    ],
    [
      'llm --price 1gwei/token --concurrency 0',
      {
        code: 'COUNT_INVALID',
        message: '--concurrency: "0" is not a number of things',
        next: 'write a whole number from 1 to 999999999',
      },
    ],
    [
      'transcoding --price 1wei/pixel --duration 1h --out 720p',
      {
        code: 'SHAPE_INVALID',
        message: '--out: how many frames a second a rendition has is not said',
        next: 'write 720p30, or the frames of its source when it keeps them',
      },
    ],
    [
      'transcodign --price 1wei/pixel',
      { code: 'JOB_UNKNOWN', message: 'there is no such job', next: 'did you mean transcoding?' },
    ],
    [
      'llm',
      {
        code: 'PRICE_MISSING',
        message: 'what is asked for the job is not said',
        next: '--price 1200wei/pixel says it, or --file prices.yaml where it stands',
      },
    ],
    ['llm --jobs x', { code: 'JOB_SURPLUS', message: 'a job and --jobs exclude each other', next: null }],
  ] as const) {
    it(`refuses ${words}`, () => cli.refuses(`price quote ${words}`, { exitCode: 2, ...refusal }))
  }
})
