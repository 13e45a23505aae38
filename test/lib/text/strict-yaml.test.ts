import assert from 'node:assert/strict'

import { offsetOf, readStrictYaml, textOf } from '../../../src/lib/text/strict-yaml.ts'

describe('readStrictYaml', () => {
  function read(text: string): unknown {
    return readStrictYaml(
      text,
      (document, placeOf) => {
        const node = document.contents
        return node === null ? null : [textOf(node, 'it'), placeOf(offsetOf(node))]
      },
      ({ message }) => new Error(message),
    )
  }

  function refuse(text: string, message: string): void {
    assert.throws(() => read(text), { message })
  }

  it('leaves every value the text that it is', () => {
    for (const text of ['0.10', '0x10', 'true', '1e400', '~']) {
      assert.deepEqual(read(text), [text, { line: 1, column: 1 }])
    }
    assert.deepEqual(read('# a comment\n"a b"'), ['a b', { line: 2, column: 1 }])
    assert.equal(read(''), null)
  })

  it('refuses aliases, anchors, tags and keys twice, also where nobody reads', () => {
    refuse('a: &a [1]\nb: [*a, *a]', 'aliases are not taken at line 1, column 7')
    refuse('b: *a', 'aliases are not taken at line 1, column 4')
    refuse('a: &a {b: 1}', 'aliases are not taken at line 1, column 7')
    refuse('a: !!int 1', 'Unresolved tag: tag:yaml.org,2002:int at line 1, column 4')
    refuse('a: {b: 1, b: 2}', 'Map keys must be unique at line 1, column 11')
    refuse('a: !!str 1', 'tags are not taken at line 1, column 10')
  })

  it('refuses what is nested to exhaust it', () => {
    const deep = 'it is nested too deeply at line 1, column 1'
    for (const text of ['[', '- ', '? ', '{"a":', '[a: ', '  - ', '-\t']) refuse(text.repeat(4000), deep)
  })

  it('never repeats control characters', () => {
    assert.throws(() => read('a: "\\x1b'), { message: /^[\x20-\x7e]+$/ })
  })

  it('lets errors that are no faults pass', () => {
    assert.throws(
      () =>
        readStrictYaml(
          'a: 1',
          () => {
            throw new TypeError('mine')
          },
          () => new Error('fault'),
        ),
      { message: 'mine' },
    )
  })
})
