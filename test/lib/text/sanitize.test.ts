import assert from 'node:assert/strict'
import fc from 'fast-check'

import { sanitize } from '../../../src/lib/text/sanitize.ts'

/** Everything that moves a cursor, turns the direction of a text or is not seen at all. */
const harmful = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/u

const tricky = fc.constantFrom(
  '\u001b',
  '\u001b[',
  '\u001b]',
  '\u009b',
  '\u0007',
  '\u001b\\',
  '[31m',
  '0;title',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u0000',
  '\u007f',
  '\u0085',
  '\t',
  '\r',
  '\n',
  '\u2028',
  '\udb40',
  '\udc01',
  '\u{e0041}',
  'a',
  '界',
  '🎉',
)
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: tricky, maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
)

describe('sanitize', () => {
  const changes: readonly (readonly [what: string, text: string, clean: string])[] = [
    ['a colour', 'a\u001b[31;1mred\u001b[0m', 'ared'],
    ['a cursor movement', 'safe\u001b[2K\u001b[1Aforged', 'safeforged'],
    ['a private mode', '\u001b[?1049hx', 'x'],
    ['a window title that ends with BEL', 'a\u001b]0;title\u0007b', 'ab'],
    ['a window title that ends with ST', 'a\u001b]0;title\u001b\\b', 'ab'],
    ['a hyperlink', '\u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007', 'here'],
    ['a title without an end', 'a\u001b]0;title', 'a'],
    ['an index', 'a\u001bDb', 'ab'],
    ['a sequence inside a sequence', '\u001b[3\u001b[0m1mx', '31mx'],
    ['an escape at the end', 'a\u001b', 'a'],
    ['the one-character forms of C1', 'a\u009b31m\u0090b\u009d', 'a31mb'],
    ['a bell, a backspace and a delete', 'a\u0007\b\u007fb', 'ab'],
    ['a NUL', 'a\u0000b', 'ab'],
    ['line breaks and tabs', 'one\ntwo\r\nthree\tfour\u2028five\u2029six', 'one two three four five six'],
    ['a carriage return that would overwrite the line', 'safe\rforged', 'safe forged'],
    ['bidirectional overrides', 'a\u202ecod\u202c.exe', 'acod.exe'],
    ['bidirectional isolates', '\u2066a\u2069\u061cb\u200e\u200f', 'ab'],
    ['zero-width characters', 'pay\u200bpal\u200d\ufeff\u2060\u00ad', 'paypal'],
    ['invisible letters', 'a\u3164\u115f\uffa0\u180e\u034fb', 'ab'],
    ['tags', 'a\u{e0001}\u{e0041}\u{e007f}b', 'ab'],
    ['halves that become a tag when what parts them goes', 'a\udb40\u200b\udc41b', 'a\ufffd\ufffdb'],
    ['interlinear annotations', 'a\ufff9b\ufffac\ufffbd', 'abcd'],
  ]
  for (const [what, text, clean] of changes) {
    it(`strips ${what}`, () => assert.equal(sanitize(text), clean))
  }

  for (const text of [
    '',
    'plain',
    '0.1 ETH (100%)',
    'naïve Ünïcödé',
    '世界',
    'שלום',
    'مرحبا',
    '🎉👍',
    '[31m',
  ]) {
    it(`leaves ${JSON.stringify(text)} alone`, () => assert.equal(sanitize(text), text))
  }

  it('lets nothing harmful through, and twice is as good as once', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const clean = sanitize(text)
        assert.doesNotMatch(clean, harmful)
        assert.equal(sanitize(clean), clean)
      }),
      { numRuns: 5000 },
    )
  })
})
