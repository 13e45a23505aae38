import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseConfig } from '../../../src/lib/config/parse-config.ts'
import { ConfigurationError } from '../../../src/lib/errors.ts'

const path = '/etc/lp-pay.yaml'
const controller = '0xD8E8328501E9645d16Cf49539efC04f734606ee4'

describe('parseConfig', () => {
  it('reads profiles and networks', () => {
    const text = [
      '# mine',
      'default-profile: main',
      'profiles:',
      '  main:',
      '    network: testchain',
      '    rpc-urls: [https://a.example, https://b.example]',
      '    confirmations: 3',
      'networks:',
      '  testchain: { chain-id: 421614, controller: "0xd8e8328501e9645d16cf49539efc04f734606ee4", local: true }',
    ].join('\n')
    assert.deepEqual(parseConfig(text, path), {
      'default-profile': 'main',
      profiles: {
        main: {
          network: 'testchain',
          confirmations: '3',
          'rpc-urls': ['https://a.example', 'https://b.example'],
        },
      },
      networks: { testchain: { chainId: 421614, controller, local: true } },
    })
  })

  it('finds nothing in a file that is empty, or has nothing but comments', () => {
    for (const text of ['', '\n', '# nothing\n', 'profiles:\nnetworks:\n', '{}']) {
      assert.deepEqual(parseConfig(text, path), { profiles: {}, networks: {} })
    }
  })

  it('takes names that mean something to JavaScript as names', () => {
    const { profiles } = parseConfig('profiles:\n  __proto__: { timeout: 5m }\n  constructor: {}\n', path)
    assert.deepEqual(Object.keys(profiles), ['__proto__', 'constructor'])
    assert.equal(Object.getPrototypeOf(profiles), Object.prototype)
  })

  for (const [name, text, why] of [
    [
      'a bracket that is not closed',
      'profiles:\n  main: [',
      'Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 10',
    ],
    ['a tab', 'profiles:\n\tmain: {}', 'Tabs are not allowed as indentation at line 2, column 1'],
    ['a key twice', 'profiles:\n  a: {}\n  a: {}', 'Map keys must be unique at line 3, column 3'],
    [
      'two documents',
      'profiles: {}\n---\nprofiles: {}',
      'Source contains multiple documents; please use YAML.parseAllDocuments() at line 2, column 1',
    ],
    ['what is nested to exhaust it', '['.repeat(4000), 'it is nested too deeply at line 1, column 1'],
    ['a list', '- profiles', 'it must be a map of settings at line 1, column 1'],
    ['an alias', 'profiles:\n  a: &a {}\n  b: *a', 'aliases are not taken at line 3, column 6'],
    ['a tag', 'profiles:\n  a: !!binary aGk=', 'tags are not taken at line 2, column 15'],
    ['a name that is a list', '? [a]\n: 1', 'a name must be a text at line 1, column 3'],
    ['a profile that is a number', 'profiles:\n  a: 3', 'profiles.a must be a map at line 2, column 6'],
    [
      'a URL that is no list',
      'profiles:\n  a:\n    rpc-urls: https://x',
      'profiles.a.rpc-urls must be a list at line 3, column 15',
    ],
    [
      'an empty value',
      'profiles:\n  a:\n    account:',
      'profiles.a.account has no value at line 3, column 13',
    ],
    [
      'a value that is true',
      'profiles:\n  a:\n    account: true',
      'profiles.a.account must be a text (put it in quotes) at line 3, column 14',
    ],
    [
      'an address without quotes',
      `profiles:\n  a:\n    account: ${controller}`,
      'profiles.a.account must be a text (put it in quotes) at line 3, column 14',
    ],
    [
      'a Controller without quotes',
      `networks:\n  a:\n    chain-id: 1\n    controller: ${controller}`,
      'networks.a.controller must be an address in quotes at line 4, column 17',
    ],
    [
      'a network without a chain id',
      `networks:\n  a:\n    controller: "${controller}"`,
      'networks.a.chain-id must be a whole number at line 3, column 5',
    ],
    [
      'a built-in network',
      'networks:\n  devnet: {}',
      'networks.devnet is a built-in network: choose another name at line 2, column 11',
    ],
  ] as const) {
    it(`refuses ${name}, and says where`, () => {
      assert.throws(
        () => parseConfig(text, path),
        (error) => {
          assert.ok(error instanceof ConfigurationError)
          assert.equal(error.code, 'CONFIG_INVALID')
          assert.equal(error.message, `the configuration file ${path} is not valid: ${why}`)
          assert.deepEqual(error.nextSteps, ['mend the line, or move the file away and run lp-pay init'])
          return true
        },
      )
    })
  }

  it('proposes the setting that was probably meant', () => {
    assert.throws(
      () => parseConfig('profiles:\n  main:\n    acount: "0x1"\n', path),
      (error) => {
        assert.ok(error instanceof ConfigurationError)
        assert.equal(
          error.message,
          `the configuration file ${path} is not valid: profiles.main.acount is not a setting at line 3, column 13`,
        )
        assert.deepEqual(error.details, { path, line: 3, column: 13 })
        assert.deepEqual(error.nextSteps, ['did you mean account?'])
        return true
      },
    )
  })

  it('takes what the manual shows', () => {
    const manual = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8')
    const [file = '', network = ''] = [...manual.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text)
    const { profiles, networks } = parseConfig(file + network, path)
    assert.deepEqual(Object.keys(profiles), ['main', 'dev'])
    assert.deepEqual(Object.keys(networks), ['testchain'])
  })
})
