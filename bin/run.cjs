#!/usr/bin/env node
'use strict'
// Compiling the bundle costs more than all that a short command does, so the build stores V8's compiled code beside it.
const { readFileSync } = require('node:fs')
const nodeModule = require('node:module')
const { join } = require('node:path')
const vm = require('node:vm')

const root = join(__dirname, '..')
const file = join(root, 'dist', 'lp-pay.cjs')
const cacheFile = `${file}.cache`

function read(path, encoding) {
  try {
    return readFileSync(path, encoding)
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Loads the bundle, and says what was compiled so that the build can store it. */
function loadBundle() {
  const source = read(file, 'latin1')
  if (source === undefined) {
    process.stderr.write('error: lp-pay is not built (next: npm run build)\n')
    process.exit(4)
  }
  const cachedData = read(cacheFile)
  const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    cachedData,
  })
  // Made by another Node: the newer ones keep a cache of their own.
  if (script.cachedDataRejected) nodeModule.enableCompileCache?.()
  const bundle = { exports: {} }
  script.runInThisContext()(bundle.exports, nodeModule.createRequire(file), bundle, file, join(root, 'dist'))
  return { ...bundle.exports, script, cacheFile, root }
}

if (require.main === module) void loadBundle().main(root, process.argv.slice(2))
else module.exports = { loadBundle }
