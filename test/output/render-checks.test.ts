import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'

import type { CheckReport, CheckResult } from '../../src/lib/checks/report.ts'
import { renderChecks } from '../../src/output/render-checks.ts'
import { bounded } from '../helpers/mortal.ts'

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

function makeReport(...results: readonly Partial<CheckResult>[]): CheckReport {
  const checks = results.map((result): CheckResult => ({
    name: 'deposit-at-least',
    subject: address,
    status: 'passed',
    value: { wei: 10n ** 17n },
    limit: { wei: 5n * 10n ** 16n },
    explanation: '',
    ...result,
  }))
  const count = (wanted: string) => checks.filter(({ status }) => status === wanted).length
  return {
    network: 'devnet',
    address,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    checks,
  }
}

const mixed = makeReport(
  {},
  {
    name: 'rpc-reachable',
    subject: 'http://127.0.0.1:1',
    status: 'failed',
    value: { text: 'unreachable' },
    limit: null,
    explanation: 'http://127.0.0.1:1 (connection refused)',
  },
  {
    name: 'head-max-age',
    status: 'skipped',
    value: null,
    limit: { seconds: 600 },
    explanation: 'not reachable',
  },
  { name: 'accepted-at-ev', value: { text: 'accepted' }, limit: { wei: 8_000_000_000n } },
  { name: 'right-chain', value: { chainId: 31_337n }, limit: { chainId: 31_337n } },
)

const mixedText = [
  '      check             value        limit',
  'pass  deposit-at-least  0.1 ETH      0.05 ETH',
  'FAIL  rpc-reachable     unreachable  -            http://127.0.0.1:1 (connection refused)',
  'skip  head-max-age      -            10 min       not reachable',
  'pass  accepted-at-ev    accepted     8 gwei',
  'pass  right-chain       chain 31337  chain 31337',
  `5 checks of ${address} on devnet: 3 passed, 1 failed, 1 skipped`,
]

describe('renderChecks', () => {
  it('text has a line for each check, and a summary', () => {
    assert.equal(renderChecks(mixed, 'text'), mixedText.join('\n'))
  })

  it('text names only the network when no account was asked for', () => {
    const text = renderChecks({ ...makeReport({}), address: null }, 'text')
    assert.match(text, /\n1 checks? of devnet: 1 passed, 0 failed$/)
  })

  it('text shows no amount as less than it is', () => {
    const shown = (wei: bigint) =>
      / {2}([\d.]+ g?\w+) {2}/i.exec(renderChecks(makeReport({ value: { wei } }), 'text'))
    assert.equal(shown(0n)?.[1], '0 ETH')
    assert.equal(shown(1n)?.[1], '0.000000001 gwei')
    assert.equal(shown(10n ** 12n)?.[1], '0.000001 ETH')
  })

  it('github adds an annotation for what has not passed', () => {
    assert.equal(
      renderChecks(mixed, 'github'),
      [
        ...mixedText,
        '::error title=lp-pay check%3A rpc-reachable::unreachable: http://127.0.0.1:1 (connection refused)',
        '::warning title=lp-pay check%3A head-max-age::limit 10 min: not reachable',
      ].join('\n'),
    )
  })

  it('github lets no text begin a command of its own', () => {
    const explanation = '100%\r\n::add-mask::x ##[add-mask]x'
    const report = makeReport({ name: 'a,b:c', status: 'failed', value: null, limit: null, explanation })
    const lines = renderChecks(report, 'github').split(/\r\n|\r|\n/)
    assert.equal(
      lines.at(-1),
      '::error title=lp-pay check%3A a%2Cb%3Ac::100%25%0D%0A::add-mask::x # #[add-mask]x',
    )
    assert.equal(lines.filter((line) => line.trimStart().startsWith('::')).length, 1)
    assert.doesNotMatch(lines.join('\n'), /##\[/)
  })

  it('junit has a case for each check', () => {
    const counts = 'tests="5" failures="1" errors="0" skipped="1"'
    assert.equal(
      renderChecks(mixed, 'junit'),
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="lp-pay check" ${counts}>`,
        `  <testsuite name="lp-pay check" ${counts}>`,
        '    <properties>',
        '      <property name="network" value="devnet"/>',
        `      <property name="address" value="${address}"/>`,
        '    </properties>',
        `    <testcase classname="lp-pay.check" name="deposit-at-least ${address}"><system-out>0.1 ETH, limit 0.05 ETH</system-out></testcase>`,
        '    <testcase classname="lp-pay.check" name="rpc-reachable http://127.0.0.1:1"><failure type="rpc-reachable" message="unreachable: http://127.0.0.1:1 (connection refused)"/></testcase>',
        `    <testcase classname="lp-pay.check" name="head-max-age ${address}"><skipped message="limit 10 min: not reachable"/></testcase>`,
        `    <testcase classname="lp-pay.check" name="accepted-at-ev ${address}"><system-out>accepted, limit 8 gwei</system-out></testcase>`,
        `    <testcase classname="lp-pay.check" name="right-chain ${address}"><system-out>chain 31337, limit chain 31337</system-out></testcase>`,
        '  </testsuite>',
        '</testsuites>',
      ].join('\n'),
    )
  })

  it('junit is well-formed whatever the texts hold', () => {
    const hostile = `<a b="c">&]]>'\u0000\u0001\u001b[31m\u007f\u0085\ud800\ufffe\uffff\t\r\n😀é`
    const xml = renderChecks(
      makeReport(
        { name: hostile, explanation: hostile, value: { text: hostile } },
        { status: 'failed', subject: hostile, explanation: hostile },
        { status: 'skipped', explanation: hostile },
      ),
      'junit',
    )
    assert.deepEqual(parseXml(xml), {
      cases: 3,
      failure: `0.1 ETH, limit 0.05 ETH: <a b="c">&]]>'[31m\u007f\u0085\t\r\n😀é`,
    })
  })
})

/** What another program's parser makes of it. */
function parseXml(xml: string): unknown {
  const program = `
import json, sys, xml.dom.minidom as dom
d = dom.parseString(sys.stdin.buffer.read())
print(json.dumps({
  "cases": len(d.getElementsByTagName("testcase")),
  "failure": d.getElementsByTagName("failure")[0].getAttribute("message")}))`
  return JSON.parse(
    execFileSync('python3', ['-c', program], { ...bounded, input: xml, encoding: 'utf8' }),
  ) as unknown
}
