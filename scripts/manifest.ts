import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Plugin } from '@oclif/core/config'
import type { PJSON } from '@oclif/core/interfaces'

/** What oclif needs to know of every command, so that it loads only the one that runs. */
export async function loadManifest(root: string): Promise<Plugin['manifest']> {
  const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PJSON
  const commands = {
    strategy: 'explicit',
    target: './scripts/all-commands.ts',
    identifier: 'allCommands',
  } as const
  const plugin = new Plugin({
    root,
    isRoot: true,
    ignoreManifest: true,
    errorOnManifestCreate: true,
    pjson: { ...pjson, oclif: { ...pjson.oclif, commands } },
  })
  await plugin.load()
  return plugin.manifest
}

export async function writeManifest(root: string): Promise<void> {
  const manifest = await loadManifest(root)
  if (Object.keys(manifest.commands).length === 0) throw new Error('the manifest holds no command')
  writeFileSync(join(root, 'oclif.manifest.json'), `${JSON.stringify(manifest)}\n`)
}
