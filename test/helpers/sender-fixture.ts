import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { localSigner } from '../../src/lib/account/signer.ts'
import { connect } from '../../src/lib/contracts/connect.ts'
import type { Connection } from '../../src/lib/contracts/connect.ts'
import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { devnet } from '../../src/lib/devnet/network.ts'
import type { SenderEffect } from '../../src/lib/sender/operations/sender-operation.ts'
import type { RunOptions } from '../../src/lib/tx/run-operation.ts'

export const gateway = devnetAccounts[1]
export const otherGateway = devnetAccounts[2]

/** A connection and a data folder of a test's own, and the options that send without asking. */
export interface SenderFixture {
  readonly connection: Connection
  readonly dataFolder: string
  readonly options: RunOptions<SenderEffect>
  close(): Promise<void>
}

export async function makeSenderFixture(
  rpcUrl: string,
  changes: Partial<RunOptions<SenderEffect>> = {},
): Promise<SenderFixture> {
  const connection = await connect({ network: devnet, urls: [rpcUrl] })
  const dataFolder = await mkdtemp(join(tmpdir(), 'lp-pay-data-'))
  return {
    connection,
    dataFolder,
    options: {
      connection,
      dataFolder,
      from: gateway.address,
      signer: () => localSigner(gateway.privateKey),
      confirm: () => Promise.resolve(),
      confirmations: 1,
      timeoutMs: 20_000,
      ...changes,
    },
    async close() {
      connection.rpc.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
