import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { findAccount, listAccounts } from '../../../src/lib/account/keystore-folder.ts'
import { decryptKeystore, parseKeystore } from '../../../src/lib/account/keystore-v3.ts'
import { createAccount, importKeystore, importPrivateKey } from '../../../src/lib/account/new-account.ts'
import { openAccount } from '../../../src/lib/account/open-account.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { makeKeystoreText, officialVectors, testAddress, testKey, testPassword } from './keystore-builder.ts'
import { assertHidden, failureOf } from './secrets.ts'
import { bounded } from '../../helpers/mortal.ts'

const light = { scrypt: 'light' } as const

describe('new accounts', () => {
  const temporary = temporaryFolder()
  const folder = () => join(temporary.path, 'keystore')

  it('creates an account that can be found and opened', async () => {
    const account = await createAccount(folder(), testPassword, light)
    assert.deepEqual(await findAccount(folder()), account)
    assert.equal((await openAccount(account, testPassword)).address, account.address)
    assert.match(account.file, /^UTC--\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{9}Z--[0-9a-f]{40}$/)
    assert.ok(account.file.endsWith(account.address.slice(2).toLowerCase()))
    assert.deepEqual(await readdir(folder()), [account.file])
    if (process.platform === 'win32') return
    assert.equal((await stat(folder())).mode & 0o777, 0o700)
    assert.equal((await stat(account.path)).mode & 0o777, 0o600)
  })

  it('creates another account each time', async () => {
    const one = await createAccount(folder(), testPassword, light)
    const two = await createAccount(folder(), testPassword, light)
    assert.notEqual(one.address, two.address)
    assert.equal((await listAccounts(folder())).accounts.length, 2)
  })

  it('keeps a private key under a password', async () => {
    const account = await importPrivateKey(
      folder(),
      ` ${testKey.slice(2).toUpperCase()}\n`,
      testPassword,
      light,
    )
    assert.equal(account.address, testAddress)
    const keystore = parseKeystore(await readFile(account.path, 'utf8'))
    assert.equal(await decryptKeystore(keystore, testPassword), testKey)
    assert.ok(!(await readFile(account.path, 'utf8')).includes(testKey.slice(2)))
  })

  it('copies a keystore, with the address it had not', async () => {
    const account = await importKeystore(folder(), JSON.stringify(officialVectors.pbkdf2), testPassword)
    assert.equal(account.address, testAddress)
    const { address, ...rest } = parseKeystore(await readFile(account.path, 'utf8'))
    assert.equal(address, testAddress.slice(2).toLowerCase())
    assert.deepEqual(rest, officialVectors.pbkdf2)
  })

  it('refuses an address that is in the folder already, and changes nothing', async () => {
    const { file } = await importPrivateKey(folder(), testKey, testPassword, light)
    const again = [
      () => importPrivateKey(folder(), testKey, 'another password', light),
      () => importKeystore(folder(), makeKeystoreText(), testPassword),
    ]
    for (const run of again) {
      await assert.rejects(run, {
        code: 'ACCOUNT_EXISTS',
        message: `${testAddress} is in the folder already: ${file}`,
      })
    }
    assert.deepEqual(await readdir(folder()), [file])
  })

  it('refuses an address whose keystore is there but cannot be used', async () => {
    await mkdir(folder(), { mode: 0o700 })
    const file = `UTC--damaged--${testAddress.slice(2).toLowerCase()}`
    await writeFile(join(folder(), file), '', { mode: 0o600 })
    await assert.rejects(importPrivateKey(folder(), testKey, testPassword, light), { code: 'ACCOUNT_EXISTS' })
  })

  it('refuses a short password before it touches the disk', async () => {
    for (const run of [
      () => createAccount(folder(), 'canary!', light),
      () => importPrivateKey(folder(), testKey, 'canary!', light),
    ]) {
      const error = await failureOf(run)
      assert.ok(error instanceof LpPayError)
      assert.equal(error.code, 'PASSWORD_TOO_SHORT')
      assertHidden(error, ['canary!', testKey])
    }
    assert.deepEqual(await readdir(temporary.path), [])
  })

  it('refuses bad keys, bad keystores and wrong passwords, writes nothing and shows no secret', async () => {
    const secrets = ['canary-password', testKey, testPassword]
    const otherAddress = makeKeystoreText({ address: '27b1fdb04752bbc536007a920d24acb045561c26' })
    const attempts: [code: string, run: () => Promise<unknown>][] = [
      ['KEY_INVALID', () => importPrivateKey(folder(), `${testKey}00`, 'canary-password', light)],
      ['KEYSTORE_INVALID', () => importKeystore(folder(), testKey, 'canary-password')],
      ['KEYSTORE_INVALID', () => importKeystore(folder(), '{"version":3}', 'canary-password')],
      ['PASSWORD_WRONG', () => importKeystore(folder(), makeKeystoreText(), 'canary-password')],
      ['KEYSTORE_ADDRESS_MISMATCH', () => importKeystore(folder(), otherAddress, testPassword)],
    ]
    for (const [code, run] of attempts) {
      const error = await failureOf(run)
      assert.ok(error instanceof LpPayError)
      assert.equal(error.code, code)
      assertHidden(error, secrets)
    }
    assert.deepEqual(
      (await readdir(temporary.path)).filter((name) => name !== 'keystore'),
      [],
    )
    assert.deepEqual(await listAccounts(folder()), { accounts: [], skipped: [] })
  })

  it('refuses a folder that others can enter', async function () {
    if (process.platform === 'win32') this.skip()
    await mkdir(folder())
    await chmod(folder(), 0o755)
    await assert.rejects(createAccount(folder(), testPassword, light), { code: 'FOLDER_NOT_PRIVATE' })
    assert.deepEqual(await readdir(folder()), [])
  })

  it('leaves no account when it is killed before the file has its name', async function () {
    if (process.platform === 'win32') this.skip()
    await mkdir(folder(), { mode: 0o700 })
    const path = join(folder(), `UTC--x--${testAddress.slice(2).toLowerCase()}`)
    const module = new URL('../../../src/lib/files/write-file-atomic.ts', import.meta.url).href
    const script = `
      import { writeNewFile } from ${JSON.stringify(module)}
      await writeNewFile(${JSON.stringify(path)}, ${JSON.stringify(makeKeystoreText())}, {
        verify: async () => { process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}) },
      })`
    const child = spawnSync(process.execPath, ['--import=tsx', '--input-type=module', '-e', script], bounded)
    assert.equal(child.signal, 'SIGKILL', String(child.stderr))
    const [leftover, ...others] = await readdir(folder())
    assert.deepEqual(others, [])
    assert.ok(leftover?.startsWith(`.${basename(path)}.`))
    assert.deepEqual(await listAccounts(folder()), { accounts: [], skipped: [] })
    const account = await importPrivateKey(folder(), testKey, testPassword, light)
    assert.deepEqual(await findAccount(folder()), account)
  })
})

describe('openAccount', () => {
  const folder = temporaryFolder()

  async function put(text: string) {
    const file = `UTC--2024-01-31T09-05-07.123456789Z--${testAddress.slice(2).toLowerCase()}`
    await writeFile(join(folder.path, file), text, { mode: 0o600 })
    return { file, account: await findAccount(folder.path) }
  }

  it('opens a keystore without an address that its name belongs to', async () => {
    const { account } = await put(makeKeystoreText({ address: null }))
    assert.equal((await openAccount(account, testPassword)).address, testAddress)
  })

  it('refuses the key of another account under that name', async () => {
    const { account } = await put(makeKeystoreText({ address: null, key: '11'.repeat(32) }))
    const error = await failureOf(() => openAccount(account, testPassword))
    assert.ok(error instanceof LpPayError)
    assert.equal(error.code, 'KEYSTORE_ADDRESS_MISMATCH')
    assertHidden(error, [testPassword, '11'.repeat(32)])
  })

  it('refuses a keystore that was swapped after it was found', async () => {
    const { account } = await put(makeKeystoreText())
    const address = '19e7e376e7c213b7e7e7e46cc70a5dd086daff2a'
    await writeFile(account.path, makeKeystoreText({ key: '11'.repeat(32), address }))
    await assert.rejects(openAccount(account, testPassword), { code: 'KEYSTORE_ADDRESS_MISMATCH' })
  })

  it('refuses a keystore that others can read by then', async function () {
    if (process.platform === 'win32') this.skip()
    const { account } = await put(makeKeystoreText())
    await chmod(account.path, 0o640)
    await assert.rejects(openAccount(account, testPassword), { code: 'FILE_NOT_PRIVATE' })
  })

  it('refuses a wrong password without showing it', async () => {
    const { account } = await put(makeKeystoreText())
    const error = await failureOf(() => openAccount(account, 'canary-password'))
    assert.match(String(error), /the password does not open the keystore/)
    assertHidden(error, ['canary-password', testPassword, testKey])
  })
})
