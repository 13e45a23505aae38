import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A fresh folder with mode 0700 for each test of the surrounding suite. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: '' }
  beforeEach(async () => {
    folder.path = await realpath(await mkdtemp(join(tmpdir(), 'lp-pay-')))
    await chmod(folder.path, 0o700)
  })
  afterEach(() => rm(folder.path, { recursive: true, force: true }))
  return folder
}

/** Skips a suite where permission bits mean nothing. */
export function needsPermissionBits(): void {
  before(function () {
    if (process.platform === 'win32') this.skip()
  })
}
