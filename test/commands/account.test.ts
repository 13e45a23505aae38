import assert from 'node:assert/strict'
import { chmod, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'

import { keys } from '../helpers/pseudo-terminal.ts'
import { useUser } from '../helpers/user.ts'
import {
  makeKeystore,
  makeKeystoreText,
  testAddress,
  testKey,
  testPassword,
} from '../lib/account/keystore-builder.ts'
import { needsPermissionBits } from '../lib/files/temporary-folder.ts'

describe('lp-pay account', () => {
  const user = useUser()
  const stored = () => readdir(user.keystore).catch(() => [])

  describe('create', () => {
    it('keeps a new key under a password from a file, and says what to do next', async () => {
      const passwordFile = await user.write('password', 'a long password\n')
      const { stdout, stderr, code } = await user.run(['account', 'create', '--password-file', passwordFile])
      assert.equal(code, 0, stderr)
      const [file] = await stored()
      const address = /^created (0x[0-9a-fA-F]{40})$/m.exec(stdout)?.[1] ?? ''
      assert.equal(
        stdout,
        [
          `created ${address}`,
          `file: ${join(user.keystore, String(file))}`,
          '',
          'next:',
          '  back up the file and its password: without both, what the account holds is lost',
          `  lp-pay config set account ${address}`,
          '',
        ].join('\n'),
      )
      assert.match(String(file), /^UTC--[\d-]+T[\d-]+\.\d{9}Z--[0-9a-f]{40}$/)
      if (process.platform !== 'win32') {
        assert.equal((await stat(join(user.keystore, String(file)))).mode & 0o777, 0o600)
        assert.equal((await stat(user.keystore)).mode & 0o777, 0o700)
      }
      const list = await user.run(['account', 'list', '--json'])
      assert.ok(list.stdout.includes(address))
    })

    it('asks for the password twice, until both are the same and long enough', async () => {
      const terminal = user.open(['account', 'create'])
      await terminal.answer(
        ['New password for the new account:', `short${keys.enter}`],
        [
          'New password for the new account (the password has fewer than 8 characters):',
          `long enough 1${keys.enter}`,
        ],
        ['The same again:', `long enough 2${keys.enter}`],
        ['New password for the new account (the two differed):', `long enough 1${keys.enter}`],
        ['The same again:', `long enough 1${keys.enter}`],
      )
      await terminal.waitFor('created 0x')
      assert.equal(await terminal.exitCode(), 0)
      assert.doesNotMatch(terminal.screen, /long enough/)
      assert.equal((await stored()).length, 1)
    })

    for (const [name, before] of [
      ['the first prompt', []],
      ['the second prompt', ['long enough 1']],
    ] as const) {
      it(`writes nothing after Ctrl-C at ${name}`, async () => {
        const terminal = user.open(['account', 'create'])
        await terminal.waitFor('New password for the new account:')
        for (const typed of before) {
          terminal.send(typed + keys.enter)
          await terminal.waitFor('The same again:')
        }
        terminal.send(keys.ctrlC)
        assert.equal(await terminal.exitCode(), 3)
        assert.match(
          terminal.screen,
          /\nerror: cancelled at the prompt; nothing was written \(next: repeat the command\)\n$/,
        )
        assert.deepEqual(await readdir(user.home), [])
      })
    }

    it('refuses to ask where there is no terminal', async () => {
      assert.deepEqual(await user.run(['account', 'create']), {
        stdout: '',
        stderr:
          'error: there is no terminal to ask for the password at; nothing was written (next: add --password-file FILE, or --password-file - for standard input)\n',
        code: 3,
        signal: null,
      })
    })

    it('refuses a password that is too short', async () => {
      const { code, stderr } = await user.run(['account', 'create', '--password-file', '-'], {
        input: 'short\n',
      })
      assert.equal(code, 4)
      assert.match(stderr, /^error: the password has fewer than 8 characters.*\n$/)
      assert.deepEqual(await stored(), [])
    })
  })

  describe('import', () => {
    it('keeps a key from standard input under a password from a file', async () => {
      const passwordFile = await user.write('password', testPassword)
      const { stdout, stderr, code } = await user.run(
        ['account', 'import', '--key-file', '-', '--password-file', passwordFile],
        { input: `${testKey}\n` },
      )
      assert.equal(code, 0, stderr)
      assert.match(stdout, new RegExp(`^imported ${testAddress}$`, 'm'))
      assert.ok(!(stdout + stderr).includes(testKey.slice(2)))
      const again = await user.run(
        ['account', 'import', '--key-file', '-', '--password-file', passwordFile],
        {
          input: testKey,
        },
      )
      assert.equal(again.code, 4)
      assert.match(again.stderr, new RegExp(`^error: ${testAddress} is in the folder already: UTC--.*\n$`))
    })

    it('asks for the key without showing it, and again when it is none', async () => {
      const passwordFile = await user.write('password', testPassword)
      const terminal = user.open(['account', 'import', '--password-file', passwordFile])
      await terminal.answer(['Private key:', `${testKey.slice(0, 20)}${keys.enter}`])
      await terminal.waitFor(
        'Private key (this is not a private key: it must be 64 hex digits, with or without 0x):',
      )
      terminal.send(`${testKey}${keys.enter}`)
      await terminal.waitFor(`imported ${testAddress}`)
      assert.equal(await terminal.exitCode(), 0)
      assert.doesNotMatch(terminal.screen, /7a28b5ba/)
    })

    it('says to remove the file that held the key, and warns of keys that everybody has', async () => {
      const passwordFile = await user.write('password', testPassword)
      const keyFile = await user.write(
        'key',
        '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
      )
      const { stdout, stderr, code } = await user.run([
        'account',
        'import',
        '--key-file',
        keyFile,
        '--password-file',
        passwordFile,
      ])
      assert.equal(code, 0)
      assert.ok(stdout.includes(`\n  shred -u ${keyFile}, as the key in it is not protected\n`))
      assert.match(stderr, /^warning: the private key of 0x7099.* is published/)
    })

    it('copies a keystore that its password opens', async () => {
      const keystoreFile = await user.write('downloads/wallet.json', makeKeystoreText())
      const { stdout, code, stderr } = await user.run(
        ['account', 'import', '--keystore-file', keystoreFile, '--password-file', '-'],
        { input: testPassword },
      )
      assert.equal(code, 0, stderr)
      assert.match(stdout, new RegExp(`^imported ${testAddress}$`, 'm'))
      const [file] = await stored()
      const copy = JSON.parse(await readFile(join(user.keystore, String(file)), 'utf8')) as unknown
      assert.deepEqual(copy, JSON.parse(makeKeystoreText()))
    })

    it('asks for the password of a keystore once', async () => {
      const keystoreFile = await user.write('wallet.json', makeKeystoreText())
      const terminal = user.open(['account', 'import', '--keystore-file', keystoreFile])
      await terminal.answer([`Password of ${keystoreFile}:`, `${testPassword}${keys.enter}`])
      await terminal.waitFor(`imported ${testAddress}`)
      assert.equal(await terminal.exitCode(), 0)
    })

    const wide = makeKeystore()
    for (const [name, text, password, error] of [
      [
        'a wrong password',
        makeKeystoreText(),
        'wrong password',
        'the password does not open the keystore (next: try the password again; if it is right, the file is damaged: restore it from a backup)',
      ],
      [
        'the address of another key',
        makeKeystoreText({ address: '00'.repeat(19) + '01' }),
        testPassword,
        `the keystore says 0x0000000000000000000000000000000000000001, but holds the key of ${testAddress} (next: restore the keystore from a backup)`,
      ],
      [
        'parameters that would exhaust the memory',
        JSON.stringify({
          ...wide,
          crypto: { ...wide.crypto, kdfparams: { ...wide.crypto.kdfparams, n: 2 ** 24 } },
        }),
        testPassword,
        'not a valid keystore: crypto.kdfparams.n must be an integer from 2 to 1048576 (next: give a Web3 Secret Storage file of version 3, as geth and go-livepeer write them)',
      ],
      [
        'no keystore in it',
        '{}',
        testPassword,
        'not a valid keystore: version must be 3 (next: give a Web3 Secret Storage file of version 3, as geth and go-livepeer write them)',
      ],
    ] as const) {
      it(`refuses a file with ${name}`, async () => {
        const keystoreFile = await user.write('wallet.json', text)
        assert.deepEqual(
          await user.run(['account', 'import', '--keystore-file', keystoreFile, '--password-file', '-'], {
            input: password,
          }),
          { stdout: '', stderr: `error: ${error}\n`, code: 4, signal: null },
        )
        assert.deepEqual(await stored(), [])
      })
    }

    it('refuses to read two things from standard input', async () => {
      assert.deepEqual(
        await user.run(['account', 'import', '--key-file', '-', '--password-file', '-'], { input: testKey }),
        {
          stdout: '',
          stderr:
            'error: --key-file and --password-file cannot both be read from standard input (next: put one of them into a file that only you can read (chmod 600))\n',
          code: 2,
          signal: null,
        },
      )
    })

    it('refuses to ask where there is no terminal', async () => {
      const { code, stderr } = await user.run(['account', 'import'])
      assert.equal(code, 3)
      assert.equal(
        stderr,
        'error: there is no terminal to ask for the key at; nothing was written (next: add --key-file FILE or --keystore-file FILE; --key-file - reads standard input)\n',
      )
      const password = await user.run(['account', 'import', '--key-file', '-'], { input: testKey })
      assert.equal(password.code, 3)
      assert.equal(
        password.stderr,
        'error: there is no terminal to ask for the password at; nothing was written (next: add --password-file FILE)\n',
      )
    })

    it('does not repeat what is not a key', async () => {
      const { code, stderr } = await user.run(['account', 'import', '--key-file', '-'], {
        input: 'SECRETSECRET',
      })
      assert.equal(code, 2)
      assert.match(stderr, /^error: this is not a private key: .*\n$/)
      assert.ok(!stderr.includes('SECRET'))
    })

    it('has no flag for a key or a password', async () => {
      for (const flag of ['--private-key', '--key', '--password']) {
        const { code, stderr } = await user.run(['account', 'import', flag, testKey])
        assert.equal(code, 2)
        assert.match(stderr, /^error: there is no flag --/)
        assert.ok(!stderr.includes(testKey.slice(2)))
      }
    })

    describe('with permissions', () => {
      needsPermissionBits()

      it('refuses files that others can read, links, and an open keystore folder', async () => {
        const open = await user.write('open', testKey, 0o644)
        const run = (file: string) => user.run(['account', 'import', '--key-file', file])
        assert.equal(
          (await run(open)).stderr,
          `error: the key file ${open} is open to other users (mode 0644) (next: chmod 600 ${open})\n`,
        )
        const link = join(user.home, 'link')
        await symlink(await user.write('key', testKey), link)
        assert.equal(
          (await run(link)).stderr,
          `error: the key file ${link} is a link (next: give the path of the file itself)\n`,
        )
        await mkdir(user.keystore, { recursive: true })
        await chmod(user.keystore, 0o755)
        const { code, stderr } = await run(join(user.home, 'key'))
        assert.equal(code, 4)
        assert.equal(
          stderr,
          `error: the folder ${user.keystore} is open to other users (mode 0755) (next: chmod 700 ${user.keystore})\n`,
        )
      })
    })
  })

  describe('list and show', () => {
    it('list what is there, and what is not used', async () => {
      await user.write('data/keystore/one', makeKeystoreText())
      await user.write('data/keystore/README', 'hello')
      const { stdout, code } = await user.run(['account', 'list'])
      assert.equal(code, 0)
      assert.equal(
        stdout,
        [
          '   address                                     file or name',
          `*  ${testAddress}  one`,
          '',
          `keystore: ${user.keystore}`,
          '',
          'not used:',
          '  README: not a valid keystore: the file cannot be read: it is not JSON (next: give a Web3 Secret Storage file of version 3, as geth and go-livepeer write them)',
          '',
        ].join('\n'),
      )
    })

    it('says how to begin', async () => {
      const { stdout } = await user.run(['account', 'list'])
      assert.equal(stdout, `no accounts: lp-pay account create\n\nkeystore: ${user.keystore}\n`)
    })

    it("lists the devnet's accounts by name", async () => {
      const { stdout } = await user.run(['account', 'list', '--network', 'devnet'])
      assert.match(stdout, /^\* {2}0x70997970C51812dc3A010C7d01b50e0d17dc79C8 {2}gateway-1, on devnet$/m)
    })

    it('does not let the name of a file steer the terminal', async () => {
      await user.write('data/keystore/\u001b[2Jevil', makeKeystoreText())
      const { stdout } = await user.run(['account', 'list'])
      assert.ok(!stdout.includes('\u001b'))
      assert.match(stdout, / {2}evil$/m)
    })

    it('shows where an account is kept and how', async () => {
      const path = await user.write('data/keystore/one', makeKeystoreText())
      assert.equal(
        (await user.run(['account', 'show'])).stdout,
        [
          `address       ${testAddress}`,
          `keystore      ${path}`,
          'protected by  scrypt, 2,048 bytes of memory (n 2, r 8, p 1)',
          '',
        ].join('\n'),
      )
      const { result } = JSON.parse((await user.run(['account', 'show', testAddress, '--json'])).stdout) as {
        result: { kdf: object }
      }
      assert.deepEqual(result.kdf, { name: 'scrypt', n: 2, r: 8, p: 1, memoryBytes: 2048 })
    })

    it('does not take standard input for an address', async () => {
      await user.write('data/keystore/one', makeKeystoreText())
      assert.equal((await user.run(['account', 'show'], { input: '0x12\n' })).code, 0)
    })

    it('refuses an account that is not there', async () => {
      const { code, stderr } = await user.run(['account', 'show', testAddress])
      assert.equal(code, 4)
      assert.equal(
        stderr,
        `error: there is no account ${testAddress} in ${user.keystore} (next: lp-pay account list)\n`,
      )
    })
  })
})
