import assert from 'node:assert/strict'
import { toHex } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'

import { wellKnownAddresses } from '../../../src/lib/account/well-known-addresses.ts'
import { devnetAccounts, devnetDeployer } from '../../../src/lib/devnet/accounts.ts'

function derive(addressIndex: number): { address: string; privateKey: string } {
  const account = mnemonicToAccount('test test test test test test test test test test test junk', {
    addressIndex,
  })
  const { privateKey } = account.getHdKey()
  assert.ok(privateKey)
  return { address: account.address, privateKey: toHex(privateKey) }
}

describe('the accounts of a devnet', () => {
  it('come from the usual mnemonic, in its order', () => {
    const derived = devnetAccounts.map((_, index) => derive(index))
    const kept = devnetAccounts.map(({ address, privateKey }) => ({ address, privateKey }))
    assert.deepEqual(kept, derived)
  })

  it('have the names that documentation and tests use', () => {
    assert.deepEqual(
      devnetAccounts.map(({ name, role }) => `${name}: ${role}`),
      [
        'deployer: deployer',
        'gateway-1: gateway',
        'gateway-2: gateway',
        'orchestrator-1: orchestrator',
        'orchestrator-2: orchestrator',
        'orchestrator-3: orchestrator',
        'orchestrator-inactive: orchestrator',
      ],
    )
    assert.equal(devnetAccounts[0], devnetDeployer)
  })

  it('are known to be public, so that they are refused elsewhere', () => {
    for (const { address } of devnetAccounts) assert.ok(wellKnownAddresses.includes(address), address)
  })
})
