import { Config, Plugin } from '@oclif/core/config'
import type { Command } from '@oclif/core/command'
import { Help, normalizeArgv } from '@oclif/core/help'

import { wantsJson } from './base-command.ts'
import { commands } from './commands/index.ts'
import { UsageError } from './lib/errors.ts'
import { closest } from './lib/text/closest.ts'
import { hideKeys } from './lib/text/hide-keys.ts'
import { reportFailure } from './output/report-failure.ts'
import { printData } from './output/streams.ts'

/** oclif's plugin, with commands taken from the table instead of the file system. */
class TablePlugin extends Plugin {
  override findCommand(id: string, opts: { must: true }): Promise<Command.Class>
  override findCommand(id: string, opts?: { must: boolean }): Promise<Command.Class | undefined>
  override async findCommand(id: string): Promise<Command.Class | undefined> {
    const found = await commands[id]?.()
    if (found === undefined) return undefined
    found.default.id = id
    found.default.plugin = this
    return found.default
  }
}

/** oclif's configuration of this program; its manifest is `oclif.manifest.json`, written by the build. */
export async function loadConfig(root: string): Promise<Config> {
  const plugin = new TablePlugin({ isRoot: true, root })
  await plugin.load()
  const config = new Config({ root, plugins: new Map([[plugin.name, plugin]]) })
  await config.load()
  return config
}

/** Runs one command line. Never rejects: every failure is reported and sets the exit code. */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  try {
    const config = await loadConfig(root)
    if (argv[0] === '--version' || argv[0] === '-v') {
      printData(config.userAgent)
      return
    }
    const [id = '', ...rest] = normalizeArgv(config, [...argv])
    if (id === '' || asksForHelp(argv)) {
      await new Help(config, { hideAliasesFromRoot: true }).showHelp(
        [...argv].filter((word) => word !== 'help'),
      )
    } else if (config.findCommand(id)) {
      await config.runCommand(id, rest)
    } else if (config.findTopic(id)) {
      await new Help(config).showHelp([id])
    } else {
      throw unknownCommand(config, id)
    }
  } catch (error) {
    reportFailure(error, { command: hideKeys(argv[0] ?? ''), json: wantsJson(argv), warnings: [] })
  }
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  return words[0] === 'help' || words.includes('--help') || words.includes('-h')
}

function unknownCommand(config: Config, id: string): UsageError {
  const typed = id.replaceAll(':', ' ')
  const like = closest(
    typed,
    [...config.commandIDs, ...config.topics.map(({ name }) => name)].map((name) => name.replaceAll(':', ' ')),
  )
  return new UsageError('COMMAND_UNKNOWN', `there is no command "${hideKeys(typed)}"`, {
    nextSteps: [like === undefined ? 'lp-pay help' : `did you mean lp-pay ${like}?`],
  })
}
