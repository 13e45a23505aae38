import { UsageError, quoted } from '../errors.ts'
import { maxWinProb } from './win-prob.ts'

/**
 * Reads a win probability, of 2^256 - 1, exactly: a fraction (`1/1000`) or a decimal (`0.001`) of certainty, rounded
 * down; or winProb as tickets have it, in digits or as 0x hex.
 *
 * @throws {UsageError} WIN_PROB_INVALID
 */
export function parseWinProb(text: string): bigint {
  const given = text.trim()
  const winProb = readFraction(given) ?? readDecimal(given) ?? readInteger(given)
  if (winProb === undefined) throw invalid(given, 'write 1/1000, 0.001, or winProb in digits or as 0x hex')
  if (winProb > maxWinProb) throw invalid(given, 'it is more than certainty')
  return winProb
}

function readFraction(text: string): bigint | undefined {
  const [, numerator, denominator] = /^(\d{1,78})\/(\d{1,78})$/.exec(text) ?? []
  if (numerator === undefined || denominator === undefined) return undefined
  if (BigInt(denominator) === 0n) throw invalid(text, 'nothing can be divided by zero')
  return (maxWinProb * BigInt(numerator)) / BigInt(denominator)
}

function readDecimal(text: string): bigint | undefined {
  const [, whole, fraction] = /^(\d{1,78})\.(\d{1,78})$/.exec(text) ?? []
  if (whole === undefined || fraction === undefined) return undefined
  return (maxWinProb * BigInt(whole + fraction)) / 10n ** BigInt(fraction.length)
}

function readInteger(text: string): bigint | undefined {
  if (/^0*1$/.test(text)) {
    throw invalid(text, 'it may mean certainty or almost never: write 1/1, or 0x1')
  }
  return /^(?:\d{1,78}|0x[0-9a-f]{1,64})$/i.test(text) ? BigInt(text.toLowerCase()) : undefined
}

function invalid(given: string, why: string): UsageError {
  return new UsageError('WIN_PROB_INVALID', `${quoted(given)} is not a win probability: ${why}`)
}
