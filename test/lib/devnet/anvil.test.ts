import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findAnvil } from '../../../src/lib/devnet/anvil.ts'
import { ConfigurationError } from '../../../src/lib/errors.ts'
import { projectFolder } from '../../helpers/devnet.ts'
import { bounded } from '../../helpers/mortal.ts'

describe('findAnvil', () => {
  const path = process.env['PATH']
  let empty: string

  beforeEach(async () => {
    empty = await realpath(await mkdtemp(join(tmpdir(), 'lp-pay-test-')))
  })

  afterEach(async () => {
    process.env['PATH'] = path
    await rm(empty, { recursive: true, force: true })
  })

  it("finds the platform package's own binary from a folder below node_modules", () => {
    const found = findAnvil({ searchFrom: join(projectFolder, 'src', 'lib') })
    assert.match(found, /@foundry-rs[/\\]anvil-\w+-\w+[/\\]bin[/\\]anvil/)
    assert.match(
      execFileSync(found, ['--version'], { ...bounded, encoding: 'utf8' }),
      /^anvil Version: 1\.7\.1/,
    )
  })

  it('takes the one on the PATH when none is installed', async () => {
    const onPath = join(empty, 'anvil')
    await writeFile(onPath, '#!/bin/sh\n', { mode: 0o700 })
    process.env['PATH'] = empty
    assert.equal(findAnvil({ searchFrom: empty }), onPath)
  })

  it("passes over npm's script on the PATH to the binary behind it", async () => {
    await symlink(
      join(projectFolder, 'node_modules', '@foundry-rs', 'anvil', 'bin.mjs'),
      join(empty, 'anvil'),
    )
    process.env['PATH'] = empty
    assert.equal(findAnvil({ searchFrom: empty }), findAnvil({ searchFrom: projectFolder }))
  })

  it('takes the named one before all others', async () => {
    const chosen = join(empty, 'my-anvil')
    await writeFile(chosen, '#!/bin/sh\n', { mode: 0o700 })
    assert.equal(findAnvil({ anvilPath: chosen, searchFrom: projectFolder }), chosen)
  })

  it('says how to get it when there is none', async () => {
    await mkdir(join(empty, 'bin'))
    process.env['PATH'] = join(empty, 'bin')
    assert.throws(
      () => findAnvil({ searchFrom: empty }),
      (error) => {
        assert.ok(error instanceof ConfigurationError)
        assert.equal(error.code, 'ANVIL_MISSING')
        assert.equal(error.message, 'the devnet needs anvil')
        assert.deepEqual(error.nextSteps, ['install it: npm install --global @foundry-rs/anvil'])
        return true
      },
    )
  })

  it('does not fall back when the named one is missing, or a folder', () => {
    for (const anvilPath of [join(empty, 'nothing'), empty]) {
      assert.throws(() => findAnvil({ anvilPath, searchFrom: projectFolder }), {
        code: 'ANVIL_MISSING',
        message: `there is no program at ${anvilPath}`,
      })
    }
  })
})
