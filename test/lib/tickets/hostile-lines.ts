import { ticketToJson } from '../../../src/lib/tickets/ticket-to-json.ts'
import { makeSignedTicket } from '../../helpers/make-signed-ticket.ts'

const good = JSON.stringify(ticketToJson(makeSignedTicket()))

/** Lines that were made to hurt, each in its own way, and never the same twice where that costs more. */
const hostile: readonly ((index: number) => string | Buffer)[] = [
  () => 'not json',
  () => good.slice(0, 300),
  () => '['.repeat(2000),
  () => `{"__proto__":{"polluted":true},${good.slice(1)}`,
  (index) => `{"k${String(index)}":1,"k${String(index)}":2,${good.slice(1)}`,
  (index) => good.replace(/"sender":"[^"]*"/, `"sender":"0x${index.toString(16).padStart(40, '0')}"`),
  () => good.replace(/"faceValue":"\d+"/, '"faceValue":1e400'),
  () => good.replace(/"winProb":"\d+"/, `"winProb":"${'9'.repeat(78)}"`),
  () => good.replace(/"sig":"[^"]*"/, `"sig":"0x${'\\u0000'.repeat(65)}"`),
  () => Buffer.from([0x22, 0xff, 0xc0, 0x00, 0x1b]),
  () => '\u001b]0;owned\u0007\u202e',
  () => '"'.repeat(999),
]

/** One line in a thousand is a good ticket, always the same; one in ten thousand is far too long. */
export const goodEvery = 1000
const longEvery = 10_000
const endless = 'x'.repeat(200_000)

export async function* hostileLines(count: number): AsyncIterable<Buffer> {
  for (let line = 0; line < count;) {
    const parts: Buffer[] = []
    for (const end = Math.min(count, line + 200); line < end; line++) {
      parts.push(Buffer.from(lineAt(line)), Buffer.from('\n'))
    }
    yield Buffer.concat(parts)
    await Promise.resolve()
  }
}

function lineAt(line: number): string | Buffer {
  if (line % goodEvery === goodEvery - 1) return good
  if (line % longEvery === 5) return endless
  return hostile[line % hostile.length]?.(line) ?? ''
}
