import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findFreePort } from '../src/lib/devnet/free-port.ts'
import { startDevnet } from '../src/lib/devnet/start-devnet.ts'

/** Runs something beside a devnet of its own, which is gone afterwards. */
export async function withDevnet(root: string, use: (rpcUrl: string) => void | Promise<void>): Promise<void> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'lp-pay-devnet-'))
  try {
    const handle = await startDevnet({
      port: await findFreePort(),
      stateFolder,
      snapshotFolder: join(root, 'dist', 'devnet'),
      searchFrom: root,
      detached: false,
    })
    try {
      await use(handle.rpcUrl)
    } finally {
      await handle.stop()
    }
  } finally {
    rmSync(stateFolder, { recursive: true, force: true })
  }
}
