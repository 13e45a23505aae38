import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'

import { ConfigurationError } from '../errors.ts'

export interface FindAnvilOptions {
  /** A binary the user chose; nothing else is tried then. */
  readonly anvilPath?: string | undefined
  /** The folder from which node_modules folders are searched upwards. */
  readonly searchFrom: string
}

const executable = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
const architectures: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/**
 * The anvil binary: the one named, else the one installed beside lp-pay, else the one on the PATH. Its npm package puts
 * a Node script in front of the binary, which would be the process that signals reach, so that script is passed over.
 *
 * @throws {ConfigurationError} ANVIL_MISSING
 */
export function findAnvil({ anvilPath, searchFrom }: FindAnvilOptions): string {
  const found =
    anvilPath === undefined ? (installedBinary(searchFrom) ?? binaryOnPath()) : runnable(resolve(anvilPath))
  if (found !== undefined) return found
  const message = anvilPath === undefined ? 'the devnet needs anvil' : `there is no program at ${anvilPath}`
  throw new ConfigurationError('ANVIL_MISSING', message, {
    nextSteps: ['install it: npm install --global @foundry-rs/anvil'],
  })
}

function installedBinary(searchFrom: string): string | undefined {
  const platformPackage = `@foundry-rs/anvil-${process.platform}-${architectures[process.arch] ?? process.arch}`
  const fromHere = packageFolder(searchFrom, platformPackage)
  const wrapper = fromHere === undefined ? packageFolder(searchFrom, '@foundry-rs/anvil') : undefined
  const folder = fromHere ?? (wrapper === undefined ? undefined : packageFolder(wrapper, platformPackage))
  return folder === undefined ? undefined : runnable(join(folder, 'bin', executable))
}

function packageFolder(searchFrom: string, name: string): string | undefined {
  try {
    return dirname(createRequire(resolve(searchFrom, 'search.cjs')).resolve(`${name}/package.json`))
  } catch {
    return undefined
  }
}

function binaryOnPath(): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const found = folder === '' ? undefined : runnable(resolve(folder, executable))
    if (found === undefined) continue
    const target = realpathSync(found)
    if (!target.endsWith('.mjs')) return found
    const behindScript = installedBinary(dirname(target))
    if (behindScript !== undefined) return behindScript
  }
  return undefined
}

function runnable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile() ? path : undefined
  } catch {
    return undefined
  }
}
