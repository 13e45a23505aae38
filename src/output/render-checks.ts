import type { CheckReport, CheckResult, CheckStatus, Measure } from '../lib/checks/report.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { formatDuration } from '../lib/units/duration.ts'
import { ethOrGwei } from './amounts.ts'
import { out } from './style.ts'
import { renderTable } from './table.ts'

export const checkFormats = ['text', 'junit', 'github'] as const
export type CheckFormat = (typeof checkFormats)[number]

export function renderChecks(report: CheckReport, format: CheckFormat): string {
  switch (format) {
    case 'text':
      return renderText(report)
    case 'junit':
      return renderJunit(report)
    case 'github':
      return renderGithub(report)
  }
}

const marks: Readonly<Record<CheckStatus, string>> = {
  passed: out.green('pass'),
  failed: out.red('FAIL'),
  skipped: out.yellow('skip'),
}

function renderText(report: CheckReport): string {
  const rows = report.checks.map(({ name, status, value, limit, explanation }) => [
    marks[status],
    name,
    measure(value),
    measure(limit),
    sanitize(explanation),
  ])
  return `${renderTable(['', 'check', 'value', 'limit', ''], rows)}\n${summary(report)}`
}

function summary({ network, address, checks, ...counts }: CheckReport): string {
  const parts = [
    `${String(counts.passed)} passed`,
    `${String(counts.failed)} failed`,
    ...(counts.skipped === 0 ? [] : [`${String(counts.skipped)} skipped`]),
  ]
  const of = address === null ? sanitize(network) : `${address} on ${sanitize(network)}`
  return `${String(checks.length)} checks of ${of}: ${parts.join(', ')}`
}

function measure(found: Measure | null): string {
  if (found === null) return '-'
  if ('wei' in found) return ethOrGwei(found.wei)
  if ('seconds' in found) return formatDuration(found.seconds)
  return 'chainId' in found ? `chain ${String(found.chainId)}` : found.text
}

/** The lines of the text, and an annotation for all that has not passed. */
function renderGithub(report: CheckReport): string {
  const annotations = report.checks
    .filter(({ status }) => status !== 'passed')
    .map((result) => {
      const command = result.status === 'failed' ? 'error' : 'warning'
      return `::${command} title=${githubProperty(`lp-pay check: ${result.name}`)}::${githubData(sentence(result))}`
    })
  // The runner takes this for the beginning of a command anywhere in a line.
  return [renderText(report), ...annotations].join('\n').replaceAll('##[', '# #[')
}

function githubData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function githubProperty(text: string): string {
  return githubData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

function sentence({ value, limit, explanation }: CheckResult): string {
  const facts = [
    ...(value === null ? [] : [measure(value)]),
    ...(limit === null ? [] : [`limit ${measure(limit)}`]),
  ]
  return [facts.join(', '), explanation].filter((part) => part !== '').join(': ')
}

function renderJunit({ network, address, checks, failed, skipped }: CheckReport): string {
  const counts = `tests="${String(checks.length)}" failures="${String(failed)}" errors="0" skipped="${String(skipped)}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lp-pay check" ${counts}>`,
    `  <testsuite name="lp-pay check" ${counts}>`,
    '    <properties>',
    `      <property name="network" value="${xml(network)}"/>`,
    ...(address === null ? [] : [`      <property name="address" value="${xml(address)}"/>`]),
    '    </properties>',
    ...checks.map(junitCase),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')
}

function junitCase(result: CheckResult): string {
  const { name, subject, status } = result
  const title = xml(subject === null ? name : `${name} ${subject}`)
  const text = xml(sentence(result))
  const content = {
    passed: `<system-out>${text}</system-out>`,
    failed: `<failure type="${xml(name)}" message="${text}"/>`,
    skipped: `<skipped message="${text}"/>`,
  }[status]
  return `    <testcase classname="lp-pay.check" name="${title}">${content}</testcase>`
}

/** Escaped for XML 1.0, without the characters that it cannot hold. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (space) => `&#${String(space.charCodeAt(0))};`)
}
