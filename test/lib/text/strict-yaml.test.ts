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
    for (const text of ['[', '- ', '? ', '{"a":', '[a: ', '  - ', '-\t', '- &a ', '["]", ', '- !a ', ': ']) {
      refuse(text.repeat(4000), deep)
    }
    refuse(Array.from({ length: 4000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), deep)
  })

  it('takes as many brackets as there are, if they are closed or quoted', () => {
    const notText = 'it must be a plain text or number at line 1, column 1'
    refuse(`[${'{a: "["}, '.repeat(4000)}]`, notText)
    refuse('- a: b\n'.repeat(4000), notText)
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
