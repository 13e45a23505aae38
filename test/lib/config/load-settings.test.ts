import assert from 'node:assert/strict'
import { homedir } from 'node:os'

import { describeSettings } from '../../../src/lib/config/describe-settings.ts'
import { loadSettings, variableFor } from '../../../src/lib/config/load-settings.ts'
import type { Surroundings } from '../../../src/lib/config/load-settings.ts'
import { profileKeys } from '../../../src/lib/config/settings.ts'
import type { ConfigFile } from '../../../src/lib/config/settings.ts'
import { LpPayError } from '../../../src/lib/errors.ts'

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const file: ConfigFile = {
  'default-profile': 'main',
  profiles: {
    main: {
      network: 'arbitrum-one-mainnet',
      'rpc-urls': ['https://file.example/key'],
      account: address,
      timeout: '10m',
    },
    dev: { network: 'devnet' },
    plain: { 'rpc-urls': ['https://plain.example'] },
  },
  networks: {
    testchain: { chainId: 421_614, controller: '0xD8E8328501E9645d16Cf49539efC04f734606ee4' },
  },
}

const load = (surroundings: Partial<Surroundings> = {}) =>
  loadSettings({ flags: {}, variables: {}, file, dataFolder: '/data', ...surroundings })

function failure(surroundings: Partial<Surroundings>) {
  try {
    load(surroundings)
  } catch (error) {
    assert.ok(error instanceof LpPayError)
    const { code, exitCode, message, nextSteps } = error
    return { code, exitCode, message, next: nextSteps[0] }
  }
  return assert.fail('it was loaded')
}

describe('loadSettings', () => {
  it('takes a flag over a variable over the file over the default, and says which', () => {
    const timeout = (surroundings: Partial<Surroundings>) => load(surroundings).timeoutSeconds
    const variables = { LP_PAY_TIMEOUT: '2h' }
    assert.deepEqual(timeout({ flags: { timeout: '90s' }, variables }), {
      value: 90,
      source: 'flag',
      origin: '--timeout',
    })
    assert.deepEqual(timeout({ variables }), { value: 7200, source: 'variable', origin: 'LP_PAY_TIMEOUT' })
    assert.deepEqual(timeout({}), { value: 600, source: 'file', origin: 'profile main' })
    assert.deepEqual(timeout({ flags: { profile: 'dev' } }), {
      value: 300,
      source: 'default',
      origin: 'built in',
    })
  })

  it('chooses the profile by flag, variable, file and default', () => {
    const profile = (surroundings: Partial<Surroundings>) => load(surroundings).profile
    const variables = { LP_PAY_PROFILE: 'dev' }
    assert.deepEqual(profile({ flags: { profile: 'plain' }, variables }).value, 'plain')
    assert.deepEqual(profile({ variables }), { value: 'dev', source: 'variable', origin: 'LP_PAY_PROFILE' })
    assert.deepEqual(profile({}), { value: 'main', source: 'file', origin: 'default-profile' })
    assert.deepEqual(profile({ file: { profiles: {}, networks: {} } }), {
      value: 'default',
      source: 'default',
      origin: 'built in',
    })
  })

  it('leaves the values of a profile out when another network is chosen over it', () => {
    const { rpcUrls, account, timeoutSeconds } = load({ flags: { network: 'testchain' } })
    assert.deepEqual(rpcUrls, { value: [], source: 'default', origin: 'built in' })
    assert.equal(account.value, undefined)
    assert.equal(timeoutSeconds.value, 300)
    const plain = load({ flags: { profile: 'plain', network: 'testchain' } })
    assert.deepEqual(plain.rpcUrls.value, ['https://plain.example'])
  })

  it('knows where the devnet is and who pays there', () => {
    const { rpcUrls, account, confirmations } = load({ flags: { profile: 'dev' } })
    assert.deepEqual(rpcUrls.value, ['http://127.0.0.1:8545'])
    assert.equal(account.value, 'gateway-1')
    assert.equal(confirmations.value, 1)
  })

  it('reads several URLs from the variable', () => {
    const { rpcUrls } = load({ variables: { LP_PAY_RPC_URL: 'https://a.example, https://b.example\n' } })
    assert.deepEqual(rpcUrls, {
      value: ['https://a.example', 'https://b.example'],
      source: 'variable',
      origin: 'LP_PAY_RPC_URL',
    })
  })

  it('takes an empty variable for none', () => {
    assert.equal(
      load({ variables: { LP_PAY_TIMEOUT: '', LP_PAY_RPC_URL: ' ' } }).timeoutSeconds.source,
      'file',
    )
  })

  it('names the variable of every setting', () => {
    assert.deepEqual(profileKeys.map(variableFor), [
      'LP_PAY_NETWORK',
      'LP_PAY_RPC_URL',
      'LP_PAY_ACCOUNT',
      'LP_PAY_KEYSTORE',
      'LP_PAY_PASSWORD_FILE',
      'LP_PAY_MAX_FEE_PER_GAS',
      'LP_PAY_CONFIRMATIONS',
      'LP_PAY_TIMEOUT',
      'LP_PAY_STORE',
      'LP_PAY_SPEND',
      'LP_PAY_NODE',
    ])
  })

  it('expands the home folder where no shell has', () => {
    const profiles = { main: { keystore: '~/keys', 'password-file': '~/password' } }
    const { keystoreFolder, passwordFile } = load({ file: { ...file, profiles } })
    assert.equal(keystoreFolder.value, `${homedir()}/keys`)
    assert.equal(passwordFile.value, `${homedir()}/password`)
  })

  it('keeps the tickets of each network in a file of their own', () => {
    assert.equal(load().store.value, '/data/tickets/arbitrum-one-mainnet.sqlite3')
    assert.equal(load({ flags: { network: 'testchain' } }).store.value, '/data/tickets/testchain.sqlite3')
    const networks = { '../x': { chainId: 1, controller: address } } as const
    const elsewhere = load({ file: { profiles: {}, networks }, flags: { network: '../x' } })
    assert.equal(elsewhere.store.value, '/data/tickets/..%2Fx.sqlite3')
  })

  it('takes a file or a database of PostgreSQL for the tickets', () => {
    const store = (text: string) => load({ variables: { LP_PAY_STORE: text } }).store.value
    assert.equal(store('~/tickets.db'), `${homedir()}/tickets.db`)
    assert.equal(store('postgres://me:SECRET@db.example/~/x'), 'postgres://me:SECRET@db.example/~/x')
  })

  it('reads what is spent in an hour, with the hour or without it', () => {
    for (const spend of ['0.01', '0.01eth', '0.01eth/hour', '0.01 ETH / hour']) {
      assert.equal(load({ flags: { spend } }).spendPerHourWei.value, 10n ** 16n)
    }
    assert.throws(() => load({ flags: { spend: '0.01eth/day' } }), { code: 'AMOUNT_INVALID' })
  })

  it('reads fees in gwei', () => {
    assert.equal(load({ flags: { 'max-fee-per-gas': '0.5' } }).maxFeePerGasWei.value, 500_000_000n)
    assert.equal(load({ flags: { 'max-fee-per-gas': '7wei' } }).maxFeePerGasWei.value, 7n)
  })

  describe('refuses', () => {
    it('a profile that is not there', () => {
      assert.deepEqual(failure({ flags: { profile: 'mainn' } }), {
        code: 'PROFILE_UNKNOWN',
        exitCode: 4,
        message: 'there is no profile "mainn" in the configuration',
        next: 'did you mean --profile main?',
      })
      assert.equal(
        failure({ flags: { profile: 'constructor' } }).next,
        'make it: lp-pay init --profile constructor',
      )
    })

    it('a network that is not there', () => {
      assert.deepEqual(failure({ flags: { network: 'devnett' } }), {
        code: 'NETWORK_UNKNOWN',
        exitCode: 4,
        message: 'there is no network "devnett"',
        next: 'did you mean --network devnet?',
      })
    })

    it('a wrong value of a flag as wrong usage', () => {
      assert.deepEqual(failure({ flags: { timeout: 'soon' } }), {
        code: 'DURATION_INVALID',
        exitCode: 2,
        message: '"soon" is not a duration',
        next: 'write durations like 90s, 5m, 2h or 1d',
      })
    })

    it('a wrong value of a variable, and says which', () => {
      assert.deepEqual(failure({ variables: { LP_PAY_CONFIRMATIONS: '0' } }), {
        code: 'CONFIRMATIONS_INVALID',
        exitCode: 4,
        message: 'LP_PAY_CONFIRMATIONS: "0" is not a number of confirmations from 1 to 1000',
        next: '--confirmations 3',
      })
    })

    it('a URL of another database without repeating it', () => {
      assert.deepEqual(failure({ variables: { LP_PAY_STORE: 'mysql://me:SECRET@db.example/x' } }), {
        code: 'STORE_INVALID',
        exitCode: 4,
        message: 'LP_PAY_STORE: the store is neither a file nor a URL of PostgreSQL',
        next: '--store tickets.sqlite3, or --store postgres://USER@HOST/DATABASE',
      })
    })

    it('a wrong value in the file, and says where', () => {
      const profiles = { main: { account: `${address.slice(0, -1)}9` } }
      assert.deepEqual(failure({ file: { ...file, profiles } }), {
        code: 'ADDRESS_CHECKSUM',
        exitCode: 4,
        message: `account of profile main: ${address.slice(0, -1)}9 is an address with a wrong checksum`,
        next: 'copy the address again from where it comes from: a character is wrong',
      })
    })
  })
})

describe('describeSettings', () => {
  it('shows origins of URLs only', () => {
    const reports = describeSettings(load())
    assert.equal(reports.find(({ name }) => name === 'rpc-urls')?.value, 'https://file.example')
    assert.ok(!JSON.stringify(reports).includes('key'.concat('"')))
    assert.deepEqual(
      reports.map(({ name }) => name),
      ['profile', ...profileKeys],
    )
  })

  it('shows no password of a database', () => {
    const flags = { store: 'postgresql://me:SECRET@db.example:5433/tickets?password=SECRET' }
    const reports = describeSettings(load({ flags }))
    assert.deepEqual(
      reports.find(({ name }) => name === 'store'),
      {
        name: 'store',
        value: 'postgresql://db.example:5433',
        source: 'flag',
        origin: '--store',
      },
    )
  })

  it('shows no password of a node', () => {
    const flags = { node: 'http://me:SECRET@node.example:5935' }
    assert.deepEqual(describeSettings(load({ flags })).at(-1), {
      name: 'node',
      value: 'http://node.example:5935',
      source: 'flag',
      origin: '--node',
    })
  })
})
