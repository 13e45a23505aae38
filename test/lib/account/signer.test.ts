import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { parseTransaction, recoverMessageAddress, recoverTransactionAddress } from 'viem'
import type { TransactionSerializableEIP1559 } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'

import { localSigner, refuseWellKnownKey } from '../../../src/lib/account/signer.ts'
import { wellKnownAddresses } from '../../../src/lib/account/well-known-addresses.ts'
import { exitCodes, LpPayError } from '../../../src/lib/errors.ts'
import { testAddress, testKey } from './keystore-builder.ts'
import { assertHidden, failureOf } from './secrets.ts'

const transaction: TransactionSerializableEIP1559 = {
  type: 'eip1559',
  chainId: 42_161,
  nonce: 7,
  to: '0xa8bB618B1520E284046F3dFc448851A1Ff26e41B',
  value: 10n ** 17n,
  gas: 100_000n,
  maxFeePerGas: 20_000_000n,
  maxPriorityFeePerGas: 0n,
  data: '0x1234',
}

describe('localSigner', () => {
  it('signs what it is given, as its address', async () => {
    const signer = await localSigner(testKey)
    assert.equal(signer.address, testAddress)
    const signed = await signer.signTransaction(transaction)
    assert.match(signed, /^0x02/)
    const serializedTransaction = signed as `0x02${string}`
    assert.equal(await recoverTransactionAddress({ serializedTransaction }), testAddress)
    const { nonce, chainId, to, value, gas, data } = parseTransaction(serializedTransaction)
    assert.deepEqual(
      { nonce, chainId, to: to?.toLowerCase(), value, gas, data },
      {
        nonce: 7,
        chainId: 42_161,
        to: transaction.to?.toLowerCase(),
        value: 10n ** 17n,
        gas: 100_000n,
        data: '0x1234',
      },
    )
  })

  it('signs raw bytes as personal_sign does', async () => {
    const signer = await localSigner(testKey)
    for (const raw of [`0x${'ab'.repeat(32)}`, '0x'] as const) {
      const signature = await signer.signMessage(raw)
      assert.match(signature, /^0x[0-9a-f]{128}1[bc]$/)
      assert.equal(await recoverMessageAddress({ message: { raw }, signature }), testAddress)
    }
  })

  it('does not show its key when printed', async () => {
    const signer = await localSigner(testKey)
    const shown = inspect(signer, { depth: Infinity, showHidden: true }) + JSON.stringify(signer)
    assert.ok(!shown.includes(testKey.slice(2)))
  })

  it('shows no key in the errors of a bad key or a bad transaction', async () => {
    const key = `0x${'ff'.repeat(32)}` as const
    assertHidden(await failureOf(() => localSigner(key)), [key])
    const signer = await localSigner(testKey)
    const error = await failureOf(() => signer.signTransaction({ ...transaction, chainId: -1 }))
    assertHidden(error, [testKey])
  })
})

describe('refuseWellKnownKey', () => {
  const [wellKnown = testAddress] = wellKnownAddresses
  const mainnet = { name: 'arbitrum-one-mainnet', local: false }

  it('refuses published keys on a public chain', () => {
    for (const address of [wellKnown, wellKnown.toLowerCase() as typeof wellKnown]) {
      assert.throws(
        () => refuseWellKnownKey(address, mainnet),
        (error: unknown) => {
          assert.ok(error instanceof LpPayError)
          assert.equal(error.code, 'WELL_KNOWN_KEY')
          assert.equal(error.exitCode, exitCodes.precondition)
          assert.equal(
            error.message,
            `the private key of ${address} is published in the manuals of test chains; on arbitrum-one-mainnet anyone could take what it holds`,
          )
          return true
        },
      )
    }
  })

  it('allows them on a local chain, and other keys anywhere', () => {
    assert.doesNotThrow(() => refuseWellKnownKey(wellKnown, { name: 'devnet', local: true }))
    assert.doesNotThrow(() => refuseWellKnownKey(testAddress, mainnet))
  })

  it('takes a list of its own', () => {
    assert.throws(() => refuseWellKnownKey(testAddress, mainnet, [testAddress]), { code: 'WELL_KNOWN_KEY' })
    assert.doesNotThrow(() => refuseWellKnownKey(wellKnown, mainnet, []))
  })

  it('knows the accounts of the published phrases', () => {
    const accountsOf = (phrase: string, count: number) =>
      Array.from({ length: count }, (_, addressIndex) => mnemonicToAccount(phrase, { addressIndex }).address)
    assert.deepEqual(wellKnownAddresses, [
      ...accountsOf('test test test test test test test test test test test junk', 20),
      ...accountsOf('myth like bonus scare over problem client lizard pioneer submit female collect', 10),
    ])
  })
})
