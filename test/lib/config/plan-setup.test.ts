import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { arbitrumOne } from '../../../src/lib/chain/network.ts'
import { planSetup } from '../../../src/lib/config/plan-setup.ts'
import type { Setup } from '../../../src/lib/config/setup.ts'
import { devnet } from '../../../src/lib/devnet/network.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const controller = '0xD8E8328501E9645d16Cf49539efC04f734606ee4'

const makeSetup = (changes: Partial<Setup> = {}): Setup => ({
  profile: 'default',
  network: arbitrumOne,
  rpcUrls: ['https://rpc.example/KEY'],
  account: address,
  keystore: undefined,
  passwordFile: undefined,
  ...changes,
})

describe('planSetup', () => {
  const folder = temporaryFolder()
  const path = () => join(folder.path, 'config.yaml')
  const put = (text: string) => writeFile(path(), text, { mode: 0o600 })

  it('plans a new profile', async () => {
    const { isNew, differences, edit } = await planSetup(path(), makeSetup())
    assert.equal(isNew, true)
    assert.deepEqual(differences, [
      { setting: 'network', before: null, after: 'arbitrum-one-mainnet' },
      { setting: 'rpc-urls', before: null, after: 'https://rpc.example' },
      { setting: 'account', before: null, after: address },
    ])
    assert.equal(
      edit.textAfter,
      `profiles:\n  default:\n    network: arbitrum-one-mainnet\n    rpc-urls:\n      - https://rpc.example/KEY\n    account: "${address}"\n`,
    )
  })

  it('makes the only profile the default one', async () => {
    const { differences, edit } = await planSetup(path(), makeSetup({ profile: 'main' }))
    assert.deepEqual(differences.at(-1), { setting: 'default-profile', before: null, after: 'main' })
    assert.match(edit.textAfter ?? '', /^default-profile: main$/m)
    await put('profiles:\n  other: {}\n')
    const second = await planSetup(path(), makeSetup({ profile: 'main' }))
    assert.ok(!second.differences.some(({ setting }) => setting === 'default-profile'))
  })

  it('describes a network that is not built in', async () => {
    const network = {
      name: 'testchain',
      chainId: 421_614,
      controller,
      local: false,
      confirmations: 3,
    } as const
    const { differences, edit } = await planSetup(path(), makeSetup({ network }))
    assert.deepEqual(differences.at(-1), {
      setting: 'network testchain',
      before: null,
      after: `chain 421614, Controller ${controller}`,
    })
    assert.deepEqual(edit.after.networks, { testchain: { chainId: 421_614, controller } })
  })

  it('changes what differs, and keeps comments, other settings and other profiles', async () => {
    await put(
      [
        'profiles:',
        '  # mine',
        '  default:',
        '    network: devnet # for now',
        '    account: gateway-1',
        '    keystore: /keys',
        '    timeout: 10m',
        '  other: { network: devnet }',
        '',
      ].join('\n'),
    )
    const { isNew, differences, edit } = await planSetup(path(), makeSetup())
    assert.equal(isNew, false)
    assert.deepEqual(differences, [
      { setting: 'network', before: 'devnet', after: 'arbitrum-one-mainnet' },
      { setting: 'rpc-urls', before: null, after: 'https://rpc.example' },
      { setting: 'account', before: 'gateway-1', after: address },
      { setting: 'keystore', before: '/keys', after: null },
    ])
    assert.equal(
      edit.textAfter,
      [
        'profiles:',
        '  # mine',
        '  default:',
        '    network: arbitrum-one-mainnet # for now',
        `    account: "${address}"`,
        '    timeout: 10m',
        '    rpc-urls:',
        '      - https://rpc.example/KEY',
        '  other: { network: devnet }',
        '',
      ].join('\n'),
    )
  })

  it('sees that a key in a URL has changed, without showing it', async () => {
    await put('profiles: { default: { rpc-urls: [https://rpc.example/OLD] } }\n')
    const { differences } = await planSetup(path(), makeSetup())
    assert.deepEqual(
      differences.find(({ setting }) => setting === 'rpc-urls'),
      { setting: 'rpc-urls', before: 'https://rpc.example', after: 'https://rpc.example (another path)' },
    )
  })

  it('finds nothing to do', async () => {
    await put('profiles: { default: { network: devnet, rpc-urls: [http://127.0.0.1:8545] } }\n')
    const setup = makeSetup({ network: devnet, rpcUrls: ['http://127.0.0.1:8545'], account: undefined })
    const { differences, edit } = await planSetup(path(), setup)
    assert.deepEqual(differences, [])
    assert.equal(edit.textAfter, edit.textBefore)
  })
})
