import { commands } from '../src/commands/index.ts'

/** Every command's class, as oclif wants them for the manifest. */
export const allCommands = Object.fromEntries(
  await Promise.all(
    Object.entries(commands).map(async ([id, load]) => [id, (await load()).default] as const),
  ),
)
