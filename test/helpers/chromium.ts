import { existsSync } from 'node:fs'

import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/**
 * Debian's Chromium without a window. Where there is none the tests that need it are skipped, which mocha shows; not in
 * continuous integration, which installs it.
 */
export async function startChromium(test: Mocha.Context): Promise<Browser> {
  if (!existsSync(executablePath) && process.env['CI'] === undefined) test.skip()
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
