import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { format, resolveConfig } from 'prettier'

import { loadManifest } from '../manifest.ts'
import { makeCommandPages } from './command-pages.ts'
import type { Topics } from './command-pages.ts'
import { describeExitCodes } from './exit-codes.ts'
import { makeSchemas } from './json-schemas.ts'
import { describePriceFile } from './price-file-schema.ts'
import { describeRedemptionProbe } from './redemption-probe.ts'
import { describeWireMessages } from './wire-messages.ts'

const aboutSchemas = `# JSON Schemas

With \`--json\` a command prints one envelope, in success and in failure. Each file here describes the envelope of one command, as JSON Schema (draft-07).
Amounts are strings of decimal digits, because a JSON number would lose some; \`Wei\` at the end of a name is their unit.
Any validator takes them: \`lp-pay status --json > status.json && npx ajv-cli validate -s docs/schemas/status.json -d status.json\`.

\`price-file.json\` describes no envelope but the price file, for editors: \`# yaml-language-server: $schema=PATH\` in its first line.
`

/** Every generated file, by its path from the root. */
export async function generateDocs(root: string): Promise<ReadonlyMap<string, string>> {
  const { oclif } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly oclif: { readonly topics: Topics }
  }
  const manifest = await loadManifest(root)
  const commands = Object.values(manifest.commands)
    .filter(({ hidden }) => !hidden)
    .sort((one, other) => (one.id < other.id ? -1 : 1))
  const schemas = makeSchemas(
    root,
    commands.map(({ id }) => id),
  )
  const files = new Map([
    ['docs/exit-codes.md', describeExitCodes(root)],
    ['src/lib/redemption/probe/probe-code.ts', describeRedemptionProbe(root)],
    ['src/lib/wire/messages.ts', describeWireMessages(root)],
    ...inFolder('docs/reference', makeCommandPages(commands, oclif.topics)),
    ['docs/schemas/README.md', aboutSchemas],
    ['docs/schemas/price-file.json', JSON.stringify(describePriceFile())],
    ...[...schemas].map(([id, schema]) => [schemaPath(id), JSON.stringify(schema)] as const),
  ])
  const style = await resolveConfig(join(root, 'package.json'))
  return new Map(
    await Promise.all(
      [...files].map(
        async ([path, text]) => [path, await format(text, { ...style, filepath: path })] as const,
      ),
    ),
  )
}

/** Where the schema of a command is. */
export function schemaPath(id: string): string {
  return `docs/schemas/${id.replaceAll(':', '-')}.json`
}

function inFolder(folder: string, files: ReadonlyMap<string, string>): [string, string][] {
  return [...files].map(([name, text]) => [`${folder}/${name}`, text])
}
