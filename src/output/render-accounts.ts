import type {
  AccountDetails,
  AccountsReport,
  KdfReport,
  NewAccountReport,
} from '../lib/config/describe-accounts.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { count } from './amounts.ts'
import { out } from './style.ts'
import { renderFacts, renderTable } from './table.ts'

export function renderAccounts({ network, keystore, accounts, skipped }: AccountsReport): string {
  const rows = accounts.map(({ address, name, file, inUse }) => [
    inUse ? out.green('*') : '',
    address,
    file === null ? `${String(name)}, on ${network}` : sanitize(file),
  ])
  const parts = [
    rows.length === 0
      ? 'no accounts: lp-pay account create'
      : renderTable(['', 'address', 'file or name'], rows),
    out.dim(`keystore: ${keystore}`),
  ]
  if (skipped.length > 0) {
    const reasons = skipped.map(
      ({ file, reason, nextSteps: [next] }) =>
        `  ${sanitize(file)}: ${sanitize(reason.replace(`${keystore}/${file}: `, ''))}${next === undefined ? '' : out.dim(` (next: ${sanitize(next)})`)}`,
    )
    parts.push(`${out.yellow('not used:')}\n${reasons.join('\n')}`)
  }
  return parts.join('\n\n')
}

export function renderAccount({ address, name, path, kdf, wellKnown }: AccountDetails): string {
  return renderFacts([
    ['address', address],
    ...(name === null ? [] : [['name', name] as const]),
    ['keystore', path === null ? 'none needed: its key is built in' : sanitize(path)],
    ...(kdf === null ? [] : [['protected by', `${kdf.name}, ${costOf(kdf)}`] as const]),
    ...(wellKnown
      ? [['note', out.yellow('the private key is published: for test chains only')] as const]
      : []),
  ])
}

export function renderNewAccount(verb: string, { address, path, nextSteps }: NewAccountReport): string {
  return [
    `${out.green(verb)} ${address}`,
    `file: ${path}`,
    '',
    'next:',
    ...nextSteps.map((step) => `  ${step}`),
  ].join('\n')
}

/** What one guess at the password takes. */
function costOf(kdf: KdfReport): string {
  if (kdf.name === 'pbkdf2') return `${count(kdf.iterations)} rounds of hmac-sha256`
  const { n, r, p, memoryBytes } = kdf
  const mebibytes = memoryBytes / 2 ** 20
  const memory = mebibytes >= 1 ? `${count(Math.round(mebibytes))} MiB` : `${count(memoryBytes)} bytes`
  return `${memory} of memory (n ${count(n)}, r ${r}, p ${p})`
}
