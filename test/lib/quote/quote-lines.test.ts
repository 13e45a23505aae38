import assert from 'node:assert/strict'

import { quoteLines, failedLines } from '../../../src/lib/quote/quote-lines.ts'
import type { QuotedLine } from '../../../src/lib/quote/quote-lines.ts'

type Bytes = string | Buffer

async function* chunksOf(...parts: readonly Bytes[]): AsyncIterable<Uint8Array> {
  for (const part of parts) {
    yield Buffer.from(part)
    await Promise.resolve()
  }
}

async function quoted(...parts: readonly Bytes[]): Promise<QuotedLine[]> {
  const found: QuotedLine[] = []
  for await (const batch of quoteLines(chunksOf(...parts), {}, { redemptions: 'added' })) found.push(...batch)
  return found
}

/** `7 llm` of a quote, `7 JOB_MISSING` of an error. */
const brief = (line: QuotedLine) =>
  `${String(line.line)} ${'quote' in line ? line.quote.job : line.error.code}`
const good = '{"job":"llm","price":"1000wei/token"}'

describe('quoteLines', () => {
  it('quotes line by line, over the edges of what is read, in any line ending, and without a byte order mark', async () => {
    const text = `\ufeff${good}\r\n\n${good}\n   \n{"job":"live","duration":"1m","price":"1gwei/second"}`
    for (const size of [1, 7, 1000]) {
      const bytes = Buffer.from(text)
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      )
      assert.deepEqual((await quoted(...parts)).map(brief), ['1 llm', '3 llm', '5 live'])
    }
    assert.deepEqual(await quoted(), [])
  })

  const hostile: readonly (readonly [Bytes, string])[] = [
    ['not json', 'JOB_LINE_INVALID'],
    ['null', 'JOB_LINE_INVALID'],
    ['[]', 'JOB_LINE_INVALID'],
    ['['.repeat(60_000), 'JOB_LINE_INVALID'],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'JOB_LINE_INVALID'],
    [Buffer.from([0x7b, 0xff, 0x00, 0x7d]), 'JOB_LINE_INVALID'],
    ['x'.repeat(100_000), 'JOB_LINE_INVALID'],
    ['{"job":"llm","job":"live"}', 'JOB_LINE_INVALID'],
    ['{"job":"llm","__proto__":{"price":"1wei/token"}}', 'JOB_LINE_INVALID'],
    ['{"job":"llm","constructor":"1"}', 'FIELD_UNKNOWN'],
    ['{"price":"1wei/token"}', 'JOB_MISSING'],
    ['{"job":7}', 'JOB_MISSING'],
    ['{"job":"hasOwnProperty"}', 'JOB_UNKNOWN'],
    ['{"job":"llm"}', 'PRICE_MISSING'],
    ['{"job":"llm","price":1e400}', 'FIELD_INVALID'],
    ['{"job":"llm","price":"1wei/token","tokens":9007199254740993}', 'FIELD_INVALID'],
    ['{"job":"llm","price":"1wei/token","tokens":true}', 'FIELD_INVALID'],
    ['{"job":"llm","price":"1wei/token","tokens":{"a":1}}', 'FIELD_INVALID'],
    ['{"job":"llm","price":"1wei/token","tokens":1.5}', 'COUNT_INVALID'],
    ['{"job":"llm","price":"1wei/token","images":2}', 'JOB_FIELD_UNUSED'],
    ['{"job":"llm","price":"1wei/token","file":"/etc/passwd"}', 'FIELD_UNKNOWN'],
    [`{"job":"llm","price":"${'9'.repeat(60_000)}wei/token"}`, 'PRICE_INVALID'],
    ['{"job":"llm","price":"1wei/token","tokens":"1\\u0000"}', 'COUNT_INVALID'],
  ]
  it('never stops at a line that is no job', async () => {
    const lines = hostile.flatMap(([bytes]) => [bytes, '\n', good, '\n'])
    assert.deepEqual(
      (await quoted(...lines)).map(brief),
      hostile.flatMap(([, code], index) => [
        `${String(2 * index + 1)} ${code}`,
        `${String(2 * index + 2)} llm`,
      ]),
    )
  })

  it('says where and why, and lets nothing through that steers a terminal or is a key', async () => {
    const key = 'ab'.repeat(32)
    const [escape, secret] = await quoted(
      `{"job":"llm","price":"\\u001b[31m1wei\\u202e\\u0007"}\n{"job":"llm","price":"${key}"}\n`,
    )
    assert.deepEqual(escape, {
      line: 1,
      error: {
        code: 'PRICE_INVALID',
        message: 'price: "1wei" is not a price: write an amount, a currency and what it is for',
        nextSteps: ['write prices like 1200wei/pixel, 0.41USD/1e12pixels or 3.50USD/hour'],
      },
    })
    assert.ok(!JSON.stringify(secret).includes(key))
  })

  it('takes what a line does not say from what is said of all', async () => {
    const context = { redemptions: 'added' } as const
    const common = { concurrency: 3n, images: 2n }
    const lines = `${good}\n{"job":"llm","price":"5wei/token","concurrency":5}\n`
    const found: QuotedLine[] = []
    for await (const batch of quoteLines(chunksOf(lines), common, context, (line) => found.push(line))) {
      assert.equal(batch.length, 2)
    }
    assert.deepEqual(
      found.map((line) => ('quote' in line ? line.quote.concurrency : line.error)),
      [3n, 5n],
    )
  })
})

describe('failedLines', () => {
  it('fails where nothing could be quoted, and where it was stopped', () => {
    const lines = { complete: true, quoted: 0, refused: 0 }
    assert.equal(failedLines(lines), undefined)
    assert.equal(failedLines({ ...lines, quoted: 1, refused: 9 }), undefined)
    assert.equal(failedLines({ ...lines, refused: 1 })?.code, 'NO_JOB_QUOTED')
    assert.equal(failedLines({ ...lines, complete: false, quoted: 1 })?.code, 'INTERRUPTED')
  })
})
