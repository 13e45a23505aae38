import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parseChecksFile, readChecksFile } from '../../../src/lib/checks/checks-file.ts'
import { ConfigurationError } from '../../../src/lib/errors.ts'

describe('the file of checks', () => {
  const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

  function parse(text: string) {
    const file = parseChecksFile(text, 'checks.yaml')
    return { ...file, checks: Object.keys(file.checks) }
  }

  function refuse(text: string, message: string, nextStep = 'see docs/ci.md for an example'): void {
    assert.throws(
      () => parseChecksFile(text, 'checks.yaml'),
      (error: unknown) => {
        assert.ok(error instanceof ConfigurationError)
        assert.equal(error.code, 'CHECKS_FILE_INVALID')
        assert.equal(error.message, `checks.yaml is not valid: ${message}`)
        assert.deepEqual(error.nextSteps, [nextStep])
        return true
      },
    )
  }

  const amounts = 'write amounts like 0.1, 0.1eth, 5gwei or 1000wei'

  it('takes values as on the command line, in quotes or not', () => {
    const text = `address: ${address}\ndeposit-at-least: 0.05\nreserve-at-least: "0.36"\nhead-max-age: 5m\nnot-unlocking: true\naccepted-at-ev: 8gwei\n`
    assert.deepEqual(parse(text), {
      address,
      checks: ['deposit-at-least', 'reserve-at-least', 'head-max-age', 'not-unlocking', 'accepted-at-ev'],
    })
  })

  it('keeps amounts exact that a floating-point number would not', () => {
    refuse(
      'deposit-at-least: 0.1000000000000000001',
      'deposit-at-least: "0.1000000000000000001" is not an amount: eth has at most 18 decimals, this has 19 at line 1, column 19',
      amounts,
    )
    assert.deepEqual(parse('deposit-at-least: 0.100000000000000001').checks, ['deposit-at-least'])
  })

  it('takes an empty file, comments and a byte order mark', () => {
    assert.deepEqual(parse(''), { address: undefined, checks: [] })
    assert.deepEqual(parse('# nothing\n'), { address: undefined, checks: [] })
    assert.deepEqual(parse('\ufeffnot-unlocking: true # yes\r\n').checks, ['not-unlocking'])
  })

  it('switches a check off with false', () => {
    assert.deepEqual(parse('not-unlocking: false').checks, [])
  })

  it('names an unknown key, its place and what was probably meant', () => {
    refuse(
      'not-unlocking: true\ndepost-at-least: 0.05',
      'there is no check "depost-at-least" at line 2, column 1',
      'did you mean deposit-at-least?',
    )
    refuse('adress: 0x', 'there is no check "adress" at line 1, column 1', 'did you mean address?')
    refuse(
      'rpc-url: http://127.0.0.1',
      'there is no check "rpc-url" at line 1, column 1',
      'the checks are head-max-age, deposit-at-least, reserve-at-least, wallet-at-least, not-unlocking, accepted-at-ev',
    )
    refuse('__proto__: 1', 'there is no check "__proto__" at line 1, column 1', firstUnknown)
    refuse('<<: {deposit-at-least: 1}', '<<: it must be a plain text or number at line 1, column 5')
  })

  const firstUnknown =
    'the checks are head-max-age, deposit-at-least, reserve-at-least, wallet-at-least, not-unlocking, accepted-at-ev'

  it('says that what is always checked cannot be set', () => {
    refuse('rpc-reachable: true', '"rpc-reachable" has no limit and is always checked at line 1, column 1')
  })

  it('refuses a key twice', () => {
    refuse('deposit-at-least: 1\ndeposit-at-least: 2', 'Map keys must be unique at line 2, column 1')
  })

  for (const [value, why] of [
    ['1e3', 'exponents are not taken'],
    ['0,1', 'write decimals with a point'],
    ['-1', 'it must be more than zero'],
    ['', 'it is empty'],
    ['.inf', 'write a number and, if it is not ETH, its unit: eth, gwei or wei'],
    ['0x10', 'write a number and, if it is not ETH, its unit: eth, gwei or wei'],
    ['1_000', 'write a number and, if it is not ETH, its unit: eth, gwei or wei'],
  ] as const) {
    it(`refuses the amount "${value}"`, () => {
      refuse(
        `# limits\ndeposit-at-least: ${value}\n`,
        `deposit-at-least: "${value}" is not an amount: ${why} at line 2, column 19`,
        amounts,
      )
    })
  }

  it('refuses other values that cannot be understood', () => {
    refuse(
      'head-max-age: soon',
      'head-max-age: "soon" is not a duration at line 1, column 15',
      'write durations like 90s, 5m, 2h or 1d',
    )
    refuse('not-unlocking: yes', 'not-unlocking: "yes" is neither true nor false at line 1, column 16')
    refuse(
      'address: 0x1',
      'address: "0x1" is not an address: write 0x and 40 hex digits at line 1, column 10',
    )
  })

  it('refuses lists, maps, aliases, tags and more than one document', () => {
    const plain = 'must be a plain text or number'
    refuse('- deposit-at-least', 'it must be a map of checks at line 1, column 1')
    refuse('deposit-at-least: [1]', `deposit-at-least: it ${plain} at line 1, column 19`)
    refuse('deposit-at-least: {a: 1}', `deposit-at-least: it ${plain} at line 1, column 19`)
    refuse('deposit-at-least: &a 1\nreserve-at-least: *a', 'aliases are not taken at line 1, column 22')
    refuse('reserve-at-least: *a', 'aliases are not taken at line 1, column 19')
    refuse('? [a]\n: 1', `a key ${plain} at line 1, column 3`)
    refuse('deposit-at-least: !!float 1', 'Unresolved tag: tag:yaml.org,2002:float at line 1, column 19')
    refuse(
      'not-unlocking: true\n---\nnot-unlocking: true',
      'Source contains multiple documents; please use YAML.parseAllDocuments() at line 2, column 1',
    )
  })

  it('never repeats control characters', () => {
    refuse('"\\u001b[31m\\u202e": 1', 'there is no check "" at line 1, column 1', firstUnknown)
  })

  it('says when there is no file, or it is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lp-pay-checks-'))
    try {
      const path = join(folder, 'checks.yaml')
      await assert.rejects(readChecksFile(path), {
        code: 'CHECKS_FILE_UNREADABLE',
        message: `there is no file ${path}`,
        exitCode: 4,
      })
      await assert.rejects(readChecksFile(folder), {
        code: 'CHECKS_FILE_UNREADABLE',
        message: `the file ${folder} cannot be read`,
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
