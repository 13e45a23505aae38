import assert from 'node:assert/strict'

import { arbitrumOne } from '../../../src/lib/chain/network.ts'
import { completeSetup, draftSetup, requireNetworkName } from '../../../src/lib/config/setup.ts'
import type { NetworkFlags } from '../../../src/lib/config/setup.ts'
import type { ConfigFile, FlagValues } from '../../../src/lib/config/settings.ts'
import { devnet } from '../../../src/lib/devnet/network.ts'

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const controller = '0xD8E8328501E9645d16Cf49539efC04f734606ee4'
const file: ConfigFile = {
  'default-profile': 'main',
  profiles: {
    main: { network: 'arbitrum-one-mainnet', 'rpc-urls': ['https://file.example'], account: address },
  },
  networks: {},
}

function draft(flags: FlagValues = {}, described: Partial<NetworkFlags> = {}, variables = {}) {
  return draftSetup(
    { flags, variables, file, dataFolder: '/data' },
    { chainId: undefined, controller: undefined, ...described },
  )
}

describe('draftSetup', () => {
  it('begins with what the profile says', () => {
    assert.deepEqual(draft(), {
      profile: 'main',
      exists: true,
      network: arbitrumOne,
      rpcUrls: ['https://file.example'],
      account: address,
      keystore: undefined,
      passwordFile: undefined,
    })
  })

  it('leaves defaults out', () => {
    assert.deepEqual(draft({ profile: 'new' }), {
      profile: 'new',
      exists: false,
      network: undefined,
      rpcUrls: [],
      account: undefined,
      keystore: undefined,
      passwordFile: undefined,
    })
  })

  it('drops what belongs to another network', () => {
    const { network, rpcUrls, account } = draft({ network: 'devnet' })
    assert.deepEqual({ network, rpcUrls, account }, { network: devnet, rpcUrls: [], account: undefined })
  })

  it('takes URLs from the variable, where no API key is in the process list', () => {
    assert.deepEqual(draft({}, {}, { LP_PAY_RPC_URL: 'https://v.example' }).rpcUrls, ['https://v.example'])
  })

  it('does not keep standard input as the password file', () => {
    assert.equal(draft({ 'password-file': '-' }).passwordFile, undefined)
    assert.equal(draft({ 'password-file': '/pw' }).passwordFile, '/pw')
  })

  it('takes a network as flags describe it', () => {
    const { network } = draft({ network: 'testchain' }, { chainId: '421614', controller })
    assert.deepEqual(network, {
      name: 'testchain',
      chainId: 421_614,
      controller,
      local: false,
      confirmations: 3,
    })
  })

  it('refuses half a network, a built-in one, and a chain id that is none', () => {
    assert.throws(() => draft({ network: 'x' }, { chainId: '1' }), { code: 'SETUP_INCOMPLETE' })
    assert.throws(() => draft({}, { chainId: '1', controller }), { code: 'SETUP_INCOMPLETE' })
    assert.throws(() => draft({ network: 'devnet' }, { chainId: '1', controller }), {
      code: 'NETWORK_BUILT_IN',
    })
    for (const chainId of ['0', '-1', '1.5', '1e3', '0x1', '', '99999999999999999']) {
      assert.throws(() => draft({ network: 'x' }, { chainId, controller }), { code: 'CHAIN_ID_INVALID' })
    }
  })

  it('refuses awkward names', () => {
    assert.throws(() => draft({ profile: 'a b' }), { code: 'NAME_INVALID' })
    assert.throws(() => requireNetworkName('a/b'), { code: 'NAME_INVALID' })
  })
})

describe('completeSetup', () => {
  it('knows where the devnet is', () => {
    assert.deepEqual(completeSetup(draft({ network: 'devnet' })).rpcUrls, ['http://127.0.0.1:8545'])
  })

  it('refuses what is incomplete, and names the flag', () => {
    assert.throws(() => completeSetup(draft({ profile: 'new' })), {
      code: 'SETUP_INCOMPLETE',
      message: '--network is missing, and nobody is asked',
      nextSteps: ['--network arbitrum-one-mainnet'],
    })
    assert.throws(() => completeSetup(draft({ profile: 'new', network: 'arbitrum-one-mainnet' })), {
      message: '--rpc-url is missing, and nobody is asked',
      nextSteps: ['--rpc-url URL'],
    })
  })

  it('refuses a URL that is none, and an account that is none', () => {
    assert.throws(() => completeSetup(draft({ 'rpc-urls': ['SECRET'] })), { code: 'RPC_URL_INVALID' })
    assert.throws(() => completeSetup(draft({ account: 'gateway-1' })), { code: 'ACCOUNT_UNKNOWN' })
  })
})
