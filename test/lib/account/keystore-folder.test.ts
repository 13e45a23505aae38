import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { findAccount, listAccounts } from '../../../src/lib/account/keystore-folder.ts'
import { ConfigurationError, exitCodes, LpPayError } from '../../../src/lib/errors.ts'
import { needsPermissionBits, temporaryFolder } from '../files/temporary-folder.ts'
import { makeKeystoreText, testAddress } from './keystore-builder.ts'
import { failureOf } from './secrets.ts'
import { bounded } from '../../helpers/mortal.ts'

const other = '0x27b1fdb04752bbc536007a920d24acb045561c26'
const third = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'

describe('keystore folder', () => {
  const folder = temporaryFolder()
  const inFolder = (name: string) => join(folder.path, name)

  async function put(file: string, contents: string, mode = 0o600): Promise<void> {
    await writeFile(inFolder(file), contents)
    await chmod(inFolder(file), mode)
  }

  describe('listAccounts', () => {
    it('orders by address and takes any file name', async () => {
      await put('zzz', makeKeystoreText({ address: other }))
      await put('aaa.json', makeKeystoreText({ address: third.slice(2) }))
      await put('UTC--2024-01-31T09-05-07.123456789Z--008a', makeKeystoreText())
      const { accounts, skipped } = await listAccounts(folder.path)
      assert.deepEqual(
        accounts.map(({ address, file }) => [address, file]),
        [
          [testAddress, 'UTC--2024-01-31T09-05-07.123456789Z--008a'],
          [other, 'zzz'],
          [third, 'aaa.json'],
        ],
      )
      assert.equal(accounts[1]?.path, inFolder('zzz'))
      assert.deepEqual(skipped, [])
    })

    it('takes the address from the name of a file that holds none', async () => {
      const file = `UTC--2024-01-31T09-05-07.123456789Z--${testAddress.slice(2).toLowerCase()}`
      await put(file, makeKeystoreText({ address: null }))
      await put('nameless', makeKeystoreText({ address: null }))
      const { accounts, skipped } = await listAccounts(folder.path)
      assert.deepEqual(accounts, [{ address: testAddress, file, path: inFolder(file) }])
      assert.deepEqual(skipped, [
        {
          file: 'nameless',
          code: 'KEYSTORE_NAMELESS',
          reason: `${inFolder('nameless')}: neither the keystore nor its name has an address`,
          nextSteps: ['import it: lp-pay account import'],
        },
      ])
    })

    it('finds nothing in a folder that is empty or missing', async () => {
      assert.deepEqual(await listAccounts(folder.path), { accounts: [], skipped: [] })
      assert.deepEqual(await listAccounts(inFolder('missing')), { accounts: [], skipped: [] })
    })

    it('passes over hidden files and backups', async () => {
      await put('.UTC--keystore.0123456789ab.tmp', makeKeystoreText().slice(0, 200))
      await put('.hidden', makeKeystoreText())
      await put('keystore~', makeKeystoreText())
      assert.deepEqual(await listAccounts(folder.path), { accounts: [], skipped: [] })
    })

    it('reports files that are not keystores', async () => {
      await put('README', 'hello')
      await put('cut', makeKeystoreText().slice(0, 100))
      await put('empty', '')
      await put('huge', makeKeystoreText())
      await truncate(inFolder('huge'), 2 ** 30)
      await put('binary', '')
      await writeFile(inFolder('binary'), Buffer.from([0xff, 0xfe, 0]))
      const { accounts, skipped } = await listAccounts(folder.path)
      assert.deepEqual(accounts, [])
      assert.deepEqual(
        skipped.map(({ file, code }) => [file, code]),
        [
          ['README', 'KEYSTORE_INVALID'],
          ['binary', 'FILE_NOT_TEXT'],
          ['cut', 'KEYSTORE_INVALID'],
          ['empty', 'KEYSTORE_INVALID'],
          ['huge', 'FILE_TOO_LARGE'],
        ],
      )
      const reason = `${inFolder('README')}: not a valid keystore: the file cannot be read: it is not JSON`
      assert.equal(skipped[0]?.reason, reason)
    })

    describe('permissions', () => {
      needsPermissionBits()

      it('reports keystores that others can read, links, FIFOs and folders', async () => {
        await put('wide', makeKeystoreText(), 0o644)
        await put('good', makeKeystoreText({ address: other }))
        await symlink(inFolder('good'), inFolder('link'))
        await mkdir(inFolder('nested'), { mode: 0o700 })
        execFileSync('mkfifo', ['-m', '600', inFolder('fifo')], bounded)
        const { accounts, skipped } = await listAccounts(folder.path)
        assert.deepEqual(
          accounts.map(({ file }) => file),
          ['good'],
        )
        assert.deepEqual(
          skipped.map(({ file, code }) => [file, code]),
          [
            ['fifo', 'FILE_NOT_REGULAR'],
            ['link', 'FILE_IS_LINK'],
            ['nested', 'FILE_NOT_REGULAR'],
            ['wide', 'FILE_NOT_PRIVATE'],
          ],
        )
      })

      it('refuses a folder that others can enter', async () => {
        await put('good', makeKeystoreText())
        await chmod(folder.path, 0o755)
        await assert.rejects(listAccounts(folder.path), {
          code: 'FOLDER_NOT_PRIVATE',
          nextSteps: [`chmod 700 ${folder.path}`],
        })
      })
    })
  })

  describe('findAccount', () => {
    it('finds the only account, or the one of an address in any case', async () => {
      await put('one', makeKeystoreText())
      assert.equal((await findAccount(folder.path)).file, 'one')
      await put('two', makeKeystoreText({ address: third }))
      assert.equal((await findAccount(folder.path, testAddress)).file, 'one')
      assert.equal((await findAccount(folder.path, third.toLowerCase() as typeof third)).file, 'two')
    })

    it('says how to make a first account', async () => {
      const error = await failureOf(() => findAccount(folder.path))
      assert.ok(error instanceof ConfigurationError)
      assert.equal(error.exitCode, exitCodes.configuration)
      assert.equal(error.code, 'ACCOUNT_MISSING')
      assert.equal(error.message, `there is no account in ${folder.path}`)
      assert.deepEqual(error.nextSteps, ['lp-pay account create'])
    })

    it('names the address that is missing', async () => {
      await put('one', makeKeystoreText())
      await assert.rejects(findAccount(folder.path, other), {
        code: 'ACCOUNT_MISSING',
        message: `there is no account ${other} in ${folder.path}`,
        nextSteps: ['lp-pay account list'],
      })
    })

    it('says which file could be the missing one', async function () {
      if (process.platform === 'win32') this.skip()
      await put('wide', makeKeystoreText(), 0o644)
      await put('README', 'hello')
      const error = await failureOf(() => findAccount(folder.path, testAddress))
      assert.ok(error instanceof LpPayError)
      assert.equal(
        error.message,
        `there is no account ${testAddress} in ${folder.path}; 2 of its files cannot be used`,
      )
      assert.deepEqual(error.nextSteps, [`chmod 600 ${inFolder('wide')}`, 'lp-pay account list'])
    })

    it('lists the accounts to choose from', async () => {
      await put('one', makeKeystoreText())
      await put('two', makeKeystoreText({ address: other }))
      await assert.rejects(findAccount(folder.path), {
        code: 'ACCOUNT_AMBIGUOUS',
        message: `there are 2 accounts in ${folder.path}: ${testAddress}, ${other}`,
        details: { folder: folder.path, accounts: [testAddress, other] },
        nextSteps: [`--account ${testAddress}`, `--account ${other}`],
      })
    })

    it('does not choose between two keystores of one address', async () => {
      await put('one', makeKeystoreText())
      await put('two', makeKeystoreText())
      for (const address of [undefined, testAddress] as const) {
        await assert.rejects(findAccount(folder.path, address), {
          code: 'ACCOUNT_DUPLICATE',
          message: `${testAddress} has several keystores: one, two`,
          details: { folder: folder.path, address: testAddress, files: ['one', 'two'] },
        })
      }
    })
  })
})
