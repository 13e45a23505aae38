import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  BaseType,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
} from 'ts-json-schema-generator'
import type { CompletedConfig, Definition, SubNodeParser, SubTypeFormatter } from 'ts-json-schema-generator'

import { findResultType } from './result-type.ts'

/** How types without a counterpart in JSON are written. */
const patterns: Readonly<Record<string, string>> = {
  bigint: String.raw`^-?\d+$`,
  Address: '^0x[0-9a-fA-F]{40}$',
  Hash: '^0x[0-9a-f]{64}$',
  Hex: '^0x[0-9a-fA-F]*$',
}

class PatternType extends BaseType {
  private readonly pattern: string

  constructor(pattern: string) {
    super()
    this.pattern = pattern
  }

  getId(): string {
    return this.pattern
  }
}

const patternParser: SubNodeParser = {
  supportsNode: (node) => Object.hasOwn(patterns, node.getText()),
  createType: (node) => new PatternType(patterns[node.getText()] ?? ''),
}

const patternFormatter: SubTypeFormatter = {
  supportsType: (type) => type instanceof PatternType,
  getDefinition: (type): Definition => ({ type: 'string', pattern: type.getId() }),
  getChildren: () => [],
}

/** The JSON Schema of each command's envelope, by the command's id, from the type of its result. */
export function makeSchemas(root: string, ids: readonly string[]): ReadonlyMap<string, object> {
  const folder = mkdtempSync(join(tmpdir(), 'lp-pay-schemas-'))
  try {
    const path = join(folder, 'envelopes.ts')
    writeFileSync(path, declareEnvelopes(root, ids))
    const generator = makeGenerator({
      ...DEFAULT_CONFIG,
      path,
      tsconfig: join(root, 'tsconfig.json'),
      skipTypeCheck: true,
      topRef: false,
    })
    return new Map(ids.map((id, index) => [id, describe(id, generator.createSchema(typeName(index)))]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function typeName(index: number): string {
  return `Envelope${String(index)}`
}

function declareEnvelopes(root: string, ids: readonly string[]): string {
  const lines = ids.flatMap((id, index) => {
    const { file, name } = findResultType(root, id)
    const alias = `Result${String(index)}`
    return [
      `import type { ${name} as ${alias} } from '${file}'`,
      `export type ${typeName(index)} = Envelope<${alias}>`,
    ]
  })
  return [`import type { Envelope } from '${root}/src/output/json.ts'`, ...lines, ''].join('\n')
}

function makeGenerator(config: CompletedConfig): SchemaGenerator {
  const program = createProgram(config)
  return new SchemaGenerator(
    program,
    createParser(program, config, (parser) => parser.addNodeParser(patternParser)),
    createFormatter(config, (formatter) => formatter.addTypeFormatter(patternFormatter)),
    config,
  )
}

/** Unfolds the definition of the envelope itself, and says whose it is. */
function describe(id: string, schema: ReturnType<SchemaGenerator['createSchema']>): object {
  const command = id.replaceAll(':', ' ')
  const { $schema, definitions: { ...definitions } = {} } = schema
  const name = Object.keys(definitions).find((key) => key.startsWith('Envelope<'))
  const envelope = definitions[name ?? '']
  if (name === undefined || typeof envelope !== 'object') throw new Error(`${id} has no envelope`)
  const { [name]: _, ...others } = definitions
  const { properties } = envelope
  return {
    $schema,
    title: `lp-pay ${command} --json`,
    ...envelope,
    properties: { ...properties, command: { ...(properties?.['command'] as object), const: command } },
    definitions: others,
  }
}
