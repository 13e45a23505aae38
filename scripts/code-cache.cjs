'use strict'
// Runs the usual commands once in one process and stores what V8 compiled for them.
const { rmSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')
rmSync(join(root, 'dist', 'lp-pay.cjs.cache'), { force: true })
const { main, script, cacheFile } = require('../bin/run.cjs').loadBundle()

async function warmUp() {
  const rpcUrl = process.argv[2]
  process.stdout.write = () => true
  const commandLines = [
    ['--version'],
    ['--help'],
    ['deposit', '--help'],
    ['config', 'show'],
    ['config', 'show', '--json'],
    ['status', '--network', 'devnet', '--rpc-url', rpcUrl],
    ['status', '--network', 'devnet', '--rpc-url', rpcUrl, '--json'],
    ['deposit', '0.1', '--dry-run', '--network', 'devnet', '--rpc-url', rpcUrl],
  ]
  for (const commandLine of commandLines) {
    await main(root, commandLine)
    if (process.exitCode) throw new Error(`lp-pay ${commandLine.join(' ')} failed`)
  }
}

warmUp().then(
  () => writeFileSync(cacheFile, script.createCachedData()),
  (error) => {
    process.stderr.write(`${error.stack}\n`)
    process.exit(1)
  },
)
