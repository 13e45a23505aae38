import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'

/** Foundry's cast itself, without the Node program in front of it. */
export function castBinary(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/cast/package.json'))
  const kind = `${platform()}-${arch() === 'x64' ? 'amd64' : arch()}`
  return join(dirname(require.resolve(`@foundry-rs/cast-${kind}/package.json`)), 'bin', 'cast')
}
