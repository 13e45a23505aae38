import { UsageError, quoted } from '../errors.ts'

const secondsPer = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/**
 * Reads `90s`, `5m`, `2h`, `1d` or plain seconds as whole seconds.
 *
 * @throws {UsageError} DURATION_INVALID
 */
export function parseDuration(text: string): number {
  const match = /^(\d{1,9})(s|m|h|d)?$/.exec(text.trim())
  const seconds = match ? Number(match[1]) * secondsPer[(match[2] ?? 's') as keyof typeof secondsPer] : 0
  if (seconds <= 0 || seconds > 366 * secondsPer.d) {
    throw new UsageError('DURATION_INVALID', `${quoted(text)} is not a duration`, {
      nextSteps: ['write durations like 90s, 5m, 2h or 1d'],
    })
  }
  return seconds
}

/** A rounded duration for people: `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${String(whole)} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return `${String(minutes)} min`
  if (minutes < 48 * 60) return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(whole / 3600)
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0
    ? `${String(large)} ${largeUnit}`
    : `${String(large)} ${largeUnit} ${String(small)} ${smallUnit}`
}
