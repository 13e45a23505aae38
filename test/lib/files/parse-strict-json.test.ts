import assert from 'node:assert/strict'
import fc from 'fast-check'

import { parseStrictJson } from '../../../src/lib/files/parse-strict-json.ts'

const parse = (text: string) => parseStrictJson(text, (why) => new Error(why))

describe('parseStrictJson', () => {
  it('reads what JSON.parse reads, if no key is there twice', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        fc.pre(!text.includes('"__proto__"'))
        assert.deepEqual(parse(text), JSON.parse(text))
      }),
    )
  })

  const repeated = {
    plain: '{"a":1,"b":2,"a":3}',
    'after a nested object': '{"a":{"b":{}},"a":{}}',
    'in an array': '[[{"a":[{"a":1}],"a":1}]]',
    'with spaces before the colon': '{"a" \n :1,"a"\t:2}',
    'written with an escape': '{"a":1,"\\u0061":2}',
  }
  for (const [name, text] of Object.entries(repeated)) {
    it(`refuses a repeated key: ${name}`, () => {
      assert.throws(() => parse(text), { message: 'it has the key a twice' })
    })
  }

  it('does not repeat a strange key', () => {
    assert.throws(() => parse('{"\\u001b[2J":1,"\\u001b[2J":2}'), { message: 'it has a key twice' })
  })

  it('refuses __proto__ in every spelling and depth', () => {
    for (const text of ['{"__proto__":{}}', '[{"a":{"__proto__":1}}]', '{"\\u005f_proto__":1}']) {
      assert.throws(() => parse(text), { message: 'it has a key named __proto__' })
    }
  })

  it('takes keys again in other objects, and texts that look like keys', () => {
    const text = '{"a":{"a":[{"a":1},{"a":2}]},"b":"\\"a\\":1,\\"a\\":{","c":["a","a","}"],"constructor":1}'
    assert.deepEqual(parse(text), JSON.parse(text))
  })

  it('refuses what is not JSON without quoting it', () => {
    for (const text of ['', 'hunter2', '{"a":hunter2}', '{"a":1', "{'a':1}", '{"a":1,}', '[1]{}', 'NaN']) {
      assert.throws(
        () => parse(text),
        (error: unknown) =>
          error instanceof Error && error.message === 'it is not JSON' && !('cause' in error),
      )
    }
  })

  it('survives deep nesting and long strings', () => {
    parse('['.repeat(50_000) + ']'.repeat(50_000))
    parse(`{"a":"${'x\\n'.repeat(1_000_000)}"}`)
  })
})
