import assert from 'node:assert/strict'
import fc from 'fast-check'

import { ticketFields } from '../../../../src/lib/tickets/parse-ticket.ts'
import type { SourceOptions } from '../../../../src/lib/tickets/sources/open-ticket-source.ts'
import { ticketToJson } from '../../../../src/lib/tickets/ticket-to-json.ts'
import { makeSignedTicket } from '../../../helpers/make-signed-ticket.ts'
import { brief, inPieces, readAll } from './read-all.ts'

const tickets = [1n, 2n, 3n].map((senderNonce) => makeSignedTicket({ senderNonce }))
const [one, two, three] = tickets.map((ticket) => JSON.stringify(ticketToJson(ticket)))
assert.ok(one !== undefined && two !== undefined && three !== undefined)

const csvHeader = ticketFields.join(',')
const csvRows = tickets.map((ticket) => Object.values(ticketToJson(ticket)).join(','))
const csv = `${[csvHeader, ...csvRows].join('\n')}\n`

const tooLong = 'it is longer than 64 KiB'
const notJson = 'it is not JSON'

async function read(text: string | Uint8Array, options: SourceOptions = {}) {
  const { format, items } = await readAll({ stream: inPieces(text) }, options)
  return [format, ...brief(items)]
}

describe('NDJSON', () => {
  it('is read line by line', async () => {
    assert.deepEqual(await read(`${one}\n${two}\n${three}\n`), ['ndjson', [1, 1], [2, 2], [3, 3]])
    const { items } = await readAll({ stream: inPieces(`${one}\n${two}`) })
    assert.deepEqual(
      items.map((item) => 'ticket' in item && item.ticket),
      tickets.slice(0, 2),
    )
  })

  it('may have CRLF, blank lines, a byte order mark, and no line break at the end', async () => {
    const text = `\ufeff${one}\r\n\r\n  \n${two}\r\n${three}`
    assert.deepEqual(await read(text), ['ndjson', [1, 1], [4, 2], [5, 3]])
  })

  it('is the same in pieces of any size', async () => {
    const text = `${one}\r\n\u00e9\n${'x'.repeat(70_000)}\n${two}\n{"\u{1f600}`
    const whole = await readAll({ stream: inPieces(text) })
    for (const size of [1, 7, 1000, 65_537]) {
      const pieces = await readAll({ stream: inPieces(text, size) })
      assert.deepEqual(pieces, whole)
    }
  })

  it('keeps the good lines between all kinds of bad ones', async () => {
    const bad: [string | Buffer, string][] = [
      ['not json', notJson],
      [one.slice(0, -1), notJson],
      [`${one}${one}`, notJson],
      ['[]', 'it is not an object with the fields of a ticket'],
      ['{}', 'recipient is missing'],
      [one.replace('{', '{"sender":"0x00",'), 'it has the key sender twice'],
      [one.replace('{', '{"__proto__":{"a":1},'), 'it has a key named __proto__'],
      [one.replace('{', '{"\\u005f_proto__":1,'), 'it has a key named __proto__'],
      [
        one.replace(/"faceValue":"\d+"/, '"faceValue":1e400'),
        'faceValue is a number that JSON does not keep exactly: write it as a string',
      ],
      [one.replace('"sig":"0x', '"sig":"0x\u0000'), notJson],
      [one.replace('"sig":"0x', '"sig":"0x\\u0000'), 'sig is not 0x and 65 bytes of hex'],
      [
        Buffer.concat([Buffer.from(one.slice(0, -2)), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
        'it is not UTF-8',
      ],
      [Buffer.from([0xc0, 0xaf]), 'it is not UTF-8'],
      [Buffer.from([0xed, 0xa0, 0x80]), 'it is not UTF-8'],
      [`{"a":"${'x'.repeat(64 * 1024)}"}`, tooLong],
      [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'it is not an object with the fields of a ticket'],
      ['\u001b[2J', notJson],
    ]
    const lines = bad.flatMap(([line]) => [
      Buffer.from(line),
      Buffer.from('\n'),
      Buffer.from(two),
      Buffer.from('\n'),
    ])
    const text = Buffer.concat([Buffer.from(`${three}\n`), ...lines])
    const expected = bad.flatMap(([, reason], index) => [
      [2 * index + 2, reason],
      [2 * index + 3, 2],
    ])
    assert.deepEqual(await read(text), ['ndjson', [1, 3], ...expected])
  })

  it('never repeats what it has read', async () => {
    const { items } = await readAll({
      stream: inPieces(`${one}\n{"sender":"hunter2","a b":1,"a b":2}\nhunter2`),
    })
    assert.deepEqual(brief(items), [
      [1, 1],
      [2, 'it has a key twice'],
      [3, notJson],
    ])
  })

  it('gives up nothing at the longest line, and a longer one at once', async () => {
    const padded = (size: number) =>
      one.replace('{', `{"note":"${'x'.repeat(size - one.length - '"note":"",'.length)}",`)
    assert.equal(padded(65_536).length, 65_536)
    assert.deepEqual(await read(`${padded(65_536)}\n${two}`), ['ndjson', [1, 1], [2, 2]])
    assert.deepEqual(await read(`${padded(65_537)}\n${two}`), ['ndjson', [1, tooLong], [2, 2]])
    const endless = `${two}\n${'x'.repeat(1_000_000)}`
    assert.deepEqual(await read(endless), ['ndjson', [1, 2], [2, tooLong]])
  })

  it('survives any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 10 }), async (lines) => {
        const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]))
        const { items } = await readAll(
          { stream: inPieces(Buffer.concat([bytes, Buffer.from(one)]), 50) },
          { format: 'ndjson' },
        )
        const last = items.at(-1)
        assert.ok(last !== undefined && 'ticket' in last)
      }),
    )
  })
})

describe('JSON', () => {
  it('may be an array, on one line or on many', async () => {
    const three = JSON.stringify(tickets.map(ticketToJson), null, 2)
    for (const text of [three, JSON.stringify(JSON.parse(three)), `\ufeff \n${three}\n `]) {
      assert.deepEqual(await read(text), ['json', [1, 1], [2, 2], [3, 3]])
    }
    assert.deepEqual(await read('[]'), ['json'])
    assert.deepEqual(await read(' [ \n ] \n'), ['json'])
  })

  it('may be one object, on one line or on many', async () => {
    assert.deepEqual(await read(one), ['json', [1, 1]])
    assert.deepEqual(await read(JSON.stringify(JSON.parse(one), null, 2)), ['json', [1, 1]])
    assert.deepEqual(await read('{"a":1}'), ['json', [1, 'recipient is missing']])
    assert.deepEqual(await read(one.replace('{', '{"sender":"",')), [
      'json',
      [1, 'it has the key sender twice'],
    ])
  })

  it('is the same in pieces of any size', async () => {
    const text = `[${one}, "\\"]", {"a":["]",{}]},\n${two}\n, ${'x'.repeat(70_000)} ,${three}] more`
    const whole = await readAll({ stream: inPieces(text) })
    for (const size of [1, 13, 1000]) assert.deepEqual(await readAll({ stream: inPieces(text, size) }), whole)
  })

  it('keeps the good items between bad ones', async () => {
    const text = `[${one}, {"a":}, 5, "]", "\\"]", {"b":[1,{"c":"}"}]}, , {"open": "never\n}, ${two}, ${'x'.repeat(70_000)}, ${three}]`
    assert.deepEqual(await read(text), [
      'json',
      [1, 1],
      [2, notJson],
      [3, 'it is not an object with the fields of a ticket'],
      [4, 'it is not an object with the fields of a ticket'],
      [5, 'it is not an object with the fields of a ticket'],
      [6, 'recipient is missing'],
      [7, 'it is empty'],
      [8, notJson],
      [9, 2],
      [10, tooLong],
      [11, 3],
    ])
  })

  it('says when it does not end, or does not stop', async () => {
    assert.deepEqual(await read(`[${one}`), ['json', [1, 1], [2, 'the array does not end']])
    assert.deepEqual(await read(`[${one},`), [
      'json',
      [1, 1],
      [2, 'it is empty'],
      [3, 'the array does not end'],
    ])
    assert.deepEqual(await read(`[${one}]${two}`), ['json', [1, 1], [2, 'there is more after the array']])
    assert.deepEqual(await read('['), ['json', [1, 'the array does not end']])
    assert.deepEqual(await read(`[${'{'.repeat(100_000)}`), [
      'json',
      [1, tooLong],
      [2, 'the array does not end'],
    ])
  })

  it('refuses one object that is too long', async () => {
    const long = `{"a":"${'x'.repeat(70_000)}"}`
    assert.deepEqual(await read(long, { format: 'json' }), ['json', [1, tooLong]])
  })

  it('refuses bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(`[${one},"`), Buffer.from([0xff]), Buffer.from(`",${two}]`)])
    assert.deepEqual(await read(bytes), ['json', [1, 1], [2, 'it is not UTF-8'], [3, 2]])
  })
})

describe('CSV', () => {
  it('is read by its header', async () => {
    assert.deepEqual(await read(csv), ['csv', [2, 1], [3, 2], [4, 3]])
    const { items } = await readAll({ stream: inPieces(csv) })
    assert.deepEqual(
      items.map((item) => 'ticket' in item && item.ticket),
      tickets,
    )
  })

  it('may have other columns and another order, quotes, CRLF, and a byte order mark', async () => {
    const fields = ['note', ...ticketFields.toReversed()]
    const rows = tickets.map((ticket) => {
      const json = ticketToJson(ticket)
      return ['"a ""note"", and more"', ...ticketFields.toReversed().map((field) => `"${json[field]}"`)].join(
        ', ',
      )
    })
    const text = `\ufeff${[fields.join(','), ...rows].join('\r\n')}\r\n`
    assert.deepEqual(await read(text), ['csv', [2, 1], [3, 2], [4, 3]])
  })

  it('is the same in pieces of any size', async () => {
    const text = `${csv}\n"\n${'x'.repeat(70_000)}\n${csvRows.join('\n')}`
    const whole = await readAll({ stream: inPieces(text) })
    for (const size of [1, 13, 1000]) assert.deepEqual(await readAll({ stream: inPieces(text, size) }), whole)
  })

  it('keeps the good rows between bad ones', async () => {
    const [first = '', second = '', third = ''] = csvRows
    const badNumber = first.replace('1200000000000000', '1.2E+15')
    assert.notEqual(badNumber, first)
    const lines = [
      csvHeader,
      first,
      `"${first}`,
      second,
      'a,b',
      '"open',
      `${first},`,
      badNumber,
      '=cmd()',
      third,
      `a"b"${','.repeat(9)}`,
      first,
    ]
    assert.deepEqual(await read(lines.join('\n')), [
      'csv',
      [2, 1],
      [3, 'it is not a row of CSV'],
      [4, 2],
      [5, 'it has 2 columns, the header has 10'],
      [6, 'it is not a row of CSV'],
      [7, 'it has 11 columns, the header has 10'],
      [8, 'faceValue is not a whole number in decimal or 0x hex'],
      [9, 'it has 1 columns, the header has 10'],
      [10, 3],
      [11, 'it is not a row of CSV'],
      [12, 1],
    ])
  })

  it('is refused without a usable header', async () => {
    const refused = (message: string) => ({
      code: 'TICKETS_CSV_HEADER',
      message: `the first line is no header for tickets: ${message}`,
    })
    await assert.rejects(
      read('recipient,sender\n'),
      refused(
        'it lacks faceValue, winProb, senderNonce, recipientRandHash, creationRound, creationRoundBlockHash, sig, recipientRand',
      ),
    )
    await assert.rejects(read(`${csvHeader},sig\n`), refused('it has sig twice'))
    await assert.rejects(read(`"${csvHeader}\n`), refused(`it lacks ${ticketFields.join(', ')}`))
  })
})

describe('the format', () => {
  it('is known by the content', async () => {
    assert.deepEqual(await read(`damaged line\n${one}\n`), ['ndjson', [1, notJson], [2, 1]])
    assert.deepEqual(await read(''), ['ndjson'])
    assert.deepEqual(await read('\n\n'), ['ndjson'])
    assert.deepEqual(await read(`${'\n'.repeat(10)}${csv}`), ['csv', [12, 1], [13, 2], [14, 3]])
  })

  it('is refused when it is none of ours', async () => {
    const refused = {
      code: 'TICKETS_FORMAT_UNKNOWN',
      message: 'these are no tickets in a format that lp-pay knows',
    }
    for (const text of [
      'hello',
      '\u0000\u0001',
      Buffer.from(`\ufeff${one}`, 'utf16le'),
      '\n'.repeat(70_000),
    ]) {
      await assert.rejects(read(text), refused)
    }
  })

  it('is what it is said to be', async () => {
    assert.deepEqual(await read('hello', { format: 'ndjson' }), ['ndjson', [1, notJson]])
    assert.deepEqual(await read(one, { format: 'ndjson' }), ['ndjson', [1, 1]])
    await assert.rejects(read(one, { format: 'csv' }), { code: 'TICKETS_CSV_HEADER' })
  })
})
