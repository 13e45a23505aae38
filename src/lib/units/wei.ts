import { UsageError, quoted } from '../errors.ts'

/** Wei in one of each unit that an amount may be written in. */
export const weiPer = { wei: 1n, gwei: 10n ** 9n, eth: 10n ** 18n } as const
export type EtherUnit = keyof typeof weiPer

/** Far more than all ETH there is: a bound against typing errors. */
const maxWei = 10n ** 27n

const decimals: Record<EtherUnit, number> = { wei: 0, gwei: 9, eth: 18 }

export interface ParseWeiOptions {
  /** The unit when none is written. */
  readonly defaultUnit?: EtherUnit
  readonly allowZero?: boolean
}

/**
 * Reads an amount such as `0.1`, `0.1eth`, `5gwei` or `1000wei` as exact wei. No exponent, no sign, no
 * thousands separator, no more decimals than the unit has.
 *
 * @throws {UsageError} AMOUNT_INVALID
 */
export function parseWei(text: string, options: ParseWeiOptions = {}): bigint {
  const match = /^(\d+)(?:\.(\d+))?\s*(wei|gwei|eth)?$/i.exec(text.trim())
  if (!match) throw invalid(text, explain(text))
  const unit = (match[3]?.toLowerCase() as EtherUnit | undefined) ?? options.defaultUnit ?? 'eth'
  const fraction = match[2] ?? ''
  if (fraction.length > decimals[unit]) {
    throw invalid(
      text,
      `${unit} has at most ${String(decimals[unit])} decimals, this has ${String(fraction.length)}`,
    )
  }
  const wei = BigInt(match[1] ?? '0') * weiPer[unit] + BigInt(fraction.padEnd(decimals[unit], '0') || '0')
  if (wei === 0n && options.allowZero !== true) throw invalid(text, 'it must be more than zero')
  if (wei > maxWei) throw invalid(text, 'it is more than all ETH in existence')
  return wei
}

/**
 * The same with its unit: a number alone would be ETH to one and wei to another.
 *
 * @throws {UsageError} AMOUNT_UNIT_MISSING, AMOUNT_INVALID
 */
export function parseWeiWithUnit(text: string, options: ParseWeiOptions = {}): bigint {
  if (/^\s*\d+(\.\d+)?\s*$/.test(text) && /[1-9]/.test(text)) {
    throw new UsageError('AMOUNT_UNIT_MISSING', `"${text.trim()}" has no unit`, {
      nextSteps: ['write 8gwei, 0.01eth or 1000wei'],
    })
  }
  return parseWei(text, options)
}

function explain(text: string): string {
  if (text.trim() === '') return 'it is empty'
  if (text.includes(',')) return 'write decimals with a point'
  if (text.trim().startsWith('-')) return 'it must be more than zero'
  if (/^\d+(\.\d+)?e[+-]?\d+$/i.test(text.trim())) return 'exponents are not taken'
  return 'write a number and, if it is not ETH, its unit: eth, gwei or wei'
}

function invalid(text: string, why: string): UsageError {
  // What is longer than an amount may be a private key in the wrong place, so it is not repeated.
  return new UsageError('AMOUNT_INVALID', `${quoted(text)} is not an amount: ${why}`, {
    nextSteps: ['write amounts like 0.1, 0.1eth, 5gwei or 1000wei'],
  })
}

/** Exact decimal text of wei in a unit, without trailing zeros: 100000000000000000n is `0.1`. */
export function formatWei(wei: bigint, unit: EtherUnit = 'eth'): string {
  const sign = wei < 0n ? '-' : ''
  const digits = (wei < 0n ? -wei : wei).toString().padStart(decimals[unit] + 1, '0')
  const whole = digits.slice(0, digits.length - decimals[unit])
  const fraction = digits.slice(digits.length - decimals[unit]).replace(/0+$/, '')
  return sign + whole + (fraction === '' ? '' : `.${fraction}`)
}
