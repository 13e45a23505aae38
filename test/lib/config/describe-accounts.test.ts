import assert from 'node:assert/strict'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  describeAccount,
  describeAccounts,
  describeNewAccount,
  wellKnownWarning,
} from '../../../src/lib/config/describe-accounts.ts'
import { loadSettings } from '../../../src/lib/config/load-settings.ts'
import type { FlagValues } from '../../../src/lib/config/settings.ts'
import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { makeKeystore, makeKeystoreText, testAddress } from '../account/keystore-builder.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

const other = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'

describe('describing accounts', () => {
  const folder = temporaryFolder()
  const keystore = () => join(folder.path, 'keystore')
  const settings = (flags: FlagValues = {}) =>
    loadSettings({ flags, variables: {}, file: { profiles: {}, networks: {} }, dataFolder: folder.path })

  async function put(file: string, text: string): Promise<string> {
    await mkdir(keystore(), { recursive: true, mode: 0o700 })
    const path = join(keystore(), file)
    await writeFile(path, text, { mode: 0o600 })
    return path
  }

  describe('describeAccounts', () => {
    it('marks the only account as the one in use', async () => {
      await put('one', makeKeystoreText())
      assert.deepEqual(await describeAccounts(settings()), {
        network: 'arbitrum-one-mainnet',
        keystore: keystore(),
        accounts: [{ address: testAddress, name: null, file: 'one', inUse: true }],
        skipped: [],
      })
    })

    it('marks the account that settings name, and none when it is open which', async () => {
      await put('one', makeKeystoreText())
      await put('two', makeKeystoreText({ address: other.slice(2) }))
      const inUse = async (flags?: FlagValues) =>
        (await describeAccounts(settings(flags))).accounts.filter((account) => account.inUse)
      assert.deepEqual(await inUse(), [])
      assert.deepEqual(
        (await inUse({ account: other.toLowerCase() })).map(({ file }) => file),
        ['two'],
      )
    })

    it("lists the devnet's accounts first on a chain on this machine, and nowhere else", async () => {
      await put('one', makeKeystoreText())
      const { accounts } = await describeAccounts(settings({ network: 'devnet' }))
      assert.deepEqual(
        accounts.map(({ name }) => name),
        [...devnetAccounts.map(({ name }) => name), null],
      )
      assert.deepEqual(
        accounts.filter(({ inUse }) => inUse).map(({ name }) => name),
        ['gateway-1'],
      )
    })

    it('gives the reasons for files that are not used', async () => {
      await chmod(await put('wide', makeKeystoreText()), 0o644)
      await put('README', 'hello')
      const { skipped } = await describeAccounts(settings())
      assert.deepEqual(
        skipped.map(({ file, code }) => [file, code]),
        [
          ['README', 'KEYSTORE_INVALID'],
          ['wide', 'FILE_NOT_PRIVATE'],
        ],
      )
    })
  })

  describe('describeAccount', () => {
    it('tells what guessing the password costs', async () => {
      const path = await put('one', makeKeystoreText())
      assert.deepEqual(await describeAccount(settings()), {
        address: testAddress,
        name: null,
        path,
        kdf: { name: 'scrypt', n: 2, r: 8, p: 1, memoryBytes: 2048 },
        wellKnown: false,
      })
    })

    it('knows pbkdf2', async () => {
      await put('one', makeKeystoreText({ kdf: 'pbkdf2' }))
      assert.deepEqual((await describeAccount(settings())).kdf, { name: 'pbkdf2', iterations: 1 })
    })

    it('needs no keystore for an account of the devnet', async () => {
      const { address, path, wellKnown } = await describeAccount(
        settings({ network: 'devnet', account: 'gateway-2' }),
      )
      assert.deepEqual([address, path, wellKnown], ['0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', null, true])
    })

    it('refuses hostile parameters without computing with them', async () => {
      const file = makeKeystore()
      const kdfparams = { ...file.crypto.kdfparams, n: 2 ** 30 }
      await put('one', JSON.stringify({ ...file, crypto: { ...file.crypto, kdfparams } }))
      await assert.rejects(describeAccount(settings({ account: testAddress })), { code: 'ACCOUNT_MISSING' })
      const { skipped } = await describeAccounts(settings())
      assert.match(skipped[0]?.reason ?? '', /crypto\.kdfparams\.n must be an integer from 2 to 1048576$/)
    })

    it('refuses a name that is none on this network', async () => {
      await assert.rejects(describeAccount(settings({ account: 'gateway-1' })), { code: 'ACCOUNT_UNKNOWN' })
    })
  })

  describe('describeNewAccount', () => {
    const account = { address: other, file: 'one', path: '/keys/one' } as const

    it('says what to do next', () => {
      assert.deepEqual(describeNewAccount(account, settings()), {
        address: other,
        path: '/keys/one',
        nextSteps: [
          'back up the file and its password: without both, what the account holds is lost',
          `lp-pay config set account ${other}`,
        ],
      })
    })

    it('says where it is when that was only said once, and what to do with the key in the clear', () => {
      assert.deepEqual(
        describeNewAccount(account, settings({ keystore: '/my keys' }), 'key.txt').nextSteps.slice(1),
        [
          'shred -u key.txt, as the key in it is not protected',
          "lp-pay config set keystore '/my keys'",
          `lp-pay config set account ${other}`,
        ],
      )
    })
  })

  it('warns of keys that everybody has', () => {
    assert.equal(wellKnownWarning(other), undefined)
    assert.match(wellKnownWarning('0x70997970c51812dc3a010c7d01b50e0d17dc79c8') ?? '', /is published/)
  })
})
