import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Hex } from 'viem'

import { ConfigurationError } from '../errors.ts'

type Fields = Record<string, unknown>

/**
 * Unpacks the snapshot into a state that anvil can load, as a chain of its own: block 0 gets the present time and random
 * extra data, and with them a hash that no other devnet has.
 *
 * @returns the extra data, by which the chain can be recognised
 * @throws {ConfigurationError} DEVNET_SNAPSHOT_MISSING, DEVNET_SNAPSHOT_DAMAGED
 */
export async function unpackSnapshot(snapshotPath: string, statePath: string): Promise<Hex> {
  const state = await readSnapshot(snapshotPath)
  const extraData: Hex = `0x${randomBytes(32).toString('hex')}`
  const timestamp = `0x${Math.floor(Date.now() / 1000).toString(16)}`
  state.block['timestamp'] = timestamp
  Object.assign(state.header, { timestamp, extraData })
  await writeFile(statePath, JSON.stringify(state.whole), { mode: 0o600 })
  return extraData
}

async function readSnapshot(path: string): Promise<{ whole: Fields; block: Fields; header: Fields }> {
  const packed = await readFile(path).catch((cause: unknown) => {
    throw broken('DEVNET_SNAPSHOT_MISSING', "the devnet's snapshot cannot be read", cause)
  })
  try {
    const text = await promisify(gunzip)(packed)
    const whole = fields(JSON.parse(text.toString('utf8')))
    const blocks: unknown = whole['blocks']
    const header = fields(fields(Array.isArray(blocks) ? blocks[0] : undefined)['header'])
    return { whole, block: fields(whole['block']), header }
  } catch (cause) {
    throw broken('DEVNET_SNAPSHOT_DAMAGED', "the devnet's snapshot is damaged", cause)
  }
}

function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw new Error('a part of the state is missing')
  return value as Fields
}

function broken(code: string, message: string, cause: unknown): ConfigurationError {
  return new ConfigurationError(code, message, { cause, nextSteps: ['install lp-pay again'] })
}
