import assert from 'node:assert/strict'

import { failedLint, lintPriceFile } from '../../../../src/lib/pricefile/lint/lint-price-file.ts'
import { parsePriceFile } from '../../../../src/lib/pricefile/parse-price-file.ts'
import { parseGivenRate } from '../../../../src/lib/pricing/given-rate.ts'

const gateway = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

describe('lintPriceFile', () => {
  const lint = (text: string, rate?: string) =>
    lintPriceFile(
      parsePriceFile(text, 'prices.yaml'),
      rate === undefined ? {} : { rate: parseGivenRate(rate) },
    )

  /** `CODE line:column` of each finding. */
  const codes = (text: string, rate?: string) =>
    lint(text, rate).findings.map(({ code, line, column }) => `${code} ${String(line)}:${String(column)}`)

  const orchestrator = (lines: string) =>
    `orchestrator:\n${lines
      .trim()
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n')}`

  it('finds nothing in prices as they are seen', () => {
    for (const price of ['300wei/pixel', '1000wei/pixel', '0.41USD/1e12pixels']) {
      assert.deepEqual(codes(orchestrator(`transcoding: ${price}`), '2500'), [])
    }
    assert.deepEqual(codes('gateway:\n  maxPrice: 2000wei/pixel\n  maxTicketEv: 3000gwei'), [])
  })

  it('says what is held against nothing without a rate', () => {
    const report = lint(orchestrator('transcoding: 4100USD/1e12pixels'))
    assert.deepEqual(report.skippedCurrencies, ['USD'])
    assert.deepEqual(report.findings, [])
    assert.deepEqual(lint(orchestrator('transcoding: 1EUR/1e12pixels'), '2500').skippedCurrencies, ['EUR'])
    assert.deepEqual(lint(orchestrator('transcoding: 1USD/1e12pixels'), '2500').skippedCurrencies, [])
  })

  it('suspects what is wrong by a thousand', () => {
    const found = (text: string, rate?: string) =>
      codes(text, rate).filter((code) => code.startsWith('PRICE_SUSPICIOUSLY'))
    assert.deepEqual(found(orchestrator('transcoding: 1200000wei/pixel')), ['PRICE_SUSPICIOUSLY_HIGH 2:16'])
    assert.deepEqual(found(orchestrator('transcoding: 0.3wei/pixel')), ['PRICE_SUSPICIOUSLY_LOW 2:16'])
    assert.deepEqual(found(orchestrator('transcoding: 410USD/1e12pixels'), '2500'), [])
    assert.deepEqual(found(orchestrator('transcoding: 0.41USD/1e9pixels'), '2500'), [])
    assert.deepEqual(found(orchestrator('transcoding: 0.41USD/1e6pixels'), '2500'), [
      'PRICE_SUSPICIOUSLY_HIGH 2:16',
    ])
    const capability = (price: string) =>
      orchestrator(`capabilities:\n  - pipeline: audio-to-text\n    price: ${price}`)
    assert.deepEqual(found(capability('12882811wei/ms')), [])
    assert.deepEqual(found(capability('12882811000wei/s')), [])
    assert.deepEqual(found(capability('12882811wei/s')), ['PRICE_SUSPICIOUSLY_LOW 4:14'])
  })

  it('names prices that become nothing', () => {
    const capability = (price: string) =>
      orchestrator(`capabilities:\n  - pipeline: llm\n    price: ${price}`)
    assert.deepEqual(codes(capability('0.5wei/token')), ['PRICE_FLOORED_TO_ZERO 4:14'])
    assert.deepEqual(codes(capability('1.5wei/token')), ['PRICE_FLOORED 4:14'])
    assert.deepEqual(codes(capability('1000.5wei/token')), [])
    assert.ok(codes(orchestrator('transcoding: 1wei/1e4pixels')).includes('PRICE_TOO_SMALL 2:16'))
    assert.deepEqual(codes('gateway:\n  capabilities: [{pipeline: llm, price: 0.5wei/token}]'), [])
  })

  it('names prices that do not fit on the wire', () => {
    const capability = (price: string) =>
      orchestrator(`capabilities:\n  - pipeline: llm\n    price: ${price}`)
    assert.deepEqual(codes(capability('9223372036854775wei/token')), [])
    assert.deepEqual(codes(capability('9223372036854776wei/token')), ['PRICE_OVERFLOW 4:14'])
    assert.deepEqual(codes(capability('1eth/token')), ['PRICE_OVERFLOW 4:14'])
  })

  it('names units that a node does not count, and pipelines that it does not have', () => {
    assert.deepEqual(codes(orchestrator('transcoding: 3.50USD/hour'), '2500'), ['UNIT_WRONG 2:16'])
    const report = lint(orchestrator('capabilities: [{pipeline: text-to-imag, price: 1wei/pixel}]'))
    assert.deepEqual(
      report.findings.map(({ code, hint }) => [code, hint]),
      [['PIPELINE_UNKNOWN', 'did you mean text-to-image?']],
    )
  })

  it('warns of text-to-speech', () => {
    assert.deepEqual(
      codes(orchestrator('capabilities: [{pipeline: text-to-speech, price: 5gwei/character}]')),
      ['TEXT_TO_SPEECH_MISMATCH 2:52'],
    )
  })

  it('refuses two currencies for one feed', () => {
    const text = orchestrator(`transcoding: 1USD/1e12pixels\ngateways:\n  "${gateway}": 1EUR/1e12pixels`)
    assert.deepEqual(codes(text), ['CURRENCIES_MIXED 4:51'])
    assert.deepEqual(
      codes(`${orchestrator('transcoding: 1USD/1e12pixels')}\ngateway:\n  maxPrice: 1EUR/1e12pixels`),
      [],
    )
  })

  it('counts the tickets of a payment', () => {
    const segment = (price: string, ev: string) =>
      codes(orchestrator(`transcoding: ${price}\nticketEv: ${ev}`)).filter((code) =>
        code.startsWith('TICKET'),
      )
    assert.deepEqual(segment('1200wei/pixel', '8gwei'), ['TICKETS_MANY 2:16'])
    assert.deepEqual(segment('1200wei/pixel', '12gwei'), [])
    assert.deepEqual(segment('1200wei/pixel', '0.2gwei'), ['TICKETS_TOO_MANY 2:16'])
    assert.deepEqual(segment('1200wei/pixel', '240gwei'), [])
    assert.deepEqual(segment('1200wei/pixel', '250gwei'), ['TICKET_TOO_LARGE 2:16'])

    // 3.50 USD/h at 2500 USD/ETH, by the pixels that live video is billed in.
    const live = (ev: string) =>
      codes(
        orchestrator(
          `capabilities:\n  - pipeline: live-video-to-video\n    price: 14066wei/pixel\nticketEv: ${ev}`,
        ),
      ).filter((code) => code.startsWith('TICKET'))
    assert.deepEqual(live('8gwei'), ['TICKETS_TOO_MANY 4:14'])
    assert.deepEqual(live('150gwei'), ['TICKETS_TOO_MANY 4:14'])
    assert.deepEqual(live('600gwei'), ['TICKETS_MANY 4:14'])
    assert.deepEqual(live('1000gwei'), [])
    assert.deepEqual(live('3000gwei'), ['TICKET_TOO_LARGE 4:14'])
  })

  it('proposes a ticket EV', () => {
    const [finding] = lint(orchestrator('transcoding: 1200wei/pixel\nticketEv: 1gwei')).findings
    assert.equal(
      finding?.message,
      'a segment of 2 s in 240p30 and 360p30 takes 25 tickets at a ticket EV of 1gwei; 1 to 3 are usual',
    )
    assert.equal(finding.hint, 'ticketEv: 12.214gwei would make it 2 tickets')
    assert.deepEqual(codes(orchestrator('transcoding: 1200wei/pixel\nticketEv: 12.214gwei')), [])
  })

  it('names limits that contradict each other, or what others have', () => {
    const limits = (lines: string) => codes(`gateway:\n  maxPrice: 2000wei/pixel\n  ${lines}`)
    assert.deepEqual(limits('depositMultiplier: 0'), ['DEPOSIT_MULTIPLIER_ZERO 3:22'])
    assert.deepEqual(limits('maxTotalEv: 2999gwei'), ['LIMITS_CONTRADICT 3:15'])
    assert.deepEqual(limits('maxTicketEv: 20001gwei'), ['LIMITS_CONTRADICT 3:16'])
    assert.deepEqual(limits('maxTicketEv: 7gwei'), ['MAX_TICKET_EV_BELOW_DEFAULT 3:16'])
    assert.deepEqual(codes('gateway:\n  maxTicketEv: 3000gwei'), [
      'PRICES_MISSING 1:1',
      'MAX_PRICE_MISSING 2:3',
    ])
    const prices = (lines: string) => codes(orchestrator(`transcoding: 300wei/pixel\n${lines}`))
    assert.deepEqual(prices('ticketEv: 0'), ['TICKET_EV_ZERO 3:13'])
    assert.ok(prices('ticketEv: 3001gwei').includes('TICKET_EV_ABOVE_DEFAULT 3:13'))
    assert.deepEqual(prices('maxFaceValue: 8gwei'), ['FACE_VALUE_BELOW_EV 3:17'])
    assert.deepEqual(prices('maxFaceValue: 0'), [])
    assert.deepEqual(codes(orchestrator(`gateways:\n  "${gateway}": 300wei/pixel`)), [
      'TRANSCODING_MISSING 3:5',
    ])
  })

  it('holds an orchestrator against the gateway of the same file', () => {
    const both = (limits: string) =>
      codes(`orchestrator:
  transcoding: 900wei/pixel
  capabilities:
    - { pipeline: text-to-image, model: a/b, price: 4000000wei/pixel }
gateway: { ${limits} }`)
    assert.deepEqual(both('maxPrice: 1000wei/pixel'), ['PRICE_ABOVE_OWN_MAXIMUM 4:53'])
    assert.deepEqual(both('maxPrice: 800wei/pixel'), [
      'PRICE_ABOVE_OWN_MAXIMUM 2:16',
      'PRICE_ABOVE_OWN_MAXIMUM 4:53',
    ])
    const capability = 'capabilities: [{pipeline: text-to-image, price: 5000000wei/pixel}]'
    assert.deepEqual(both(`maxPrice: 1000wei/pixel, ${capability}`), [])
    assert.deepEqual(
      both(`maxPrice: 1000wei/pixel, ${capability.replace('price: 5', 'model: a/b, price: 3')}`),
      ['PRICE_ABOVE_OWN_MAXIMUM 4:53'],
    )
  })

  it('fails for errors, and when it is strict for warnings', () => {
    const right = lint(orchestrator('transcoding: 300wei/pixel'))
    const warned = lint(orchestrator('transcoding: 1200wei/pixel'))
    const wrong = lint('gateway:\n  maxPrice: 1000wei/pixel\n  depositMultiplier: 0')
    assert.equal(failedLint(right, true), undefined)
    assert.equal(failedLint(warned, false), undefined)
    assert.equal(failedLint(warned, true)?.exitCode, 11)
    assert.equal(failedLint(wrong, false)?.code, 'PRICES_WRONG')
    assert.deepEqual([wrong.errors, wrong.warnings], [1, 0])
  })

  it('warns of a file without prices', () => {
    assert.deepEqual(codes('# nothing yet\n'), ['PRICES_MISSING 1:1'])
  })
})
