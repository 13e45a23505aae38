import assert from 'node:assert/strict'
import { join } from 'node:path'

import { Ajv } from 'ajv'

import { findDrift } from '../../scripts/docs/drift.ts'
import { generateDocs } from '../../scripts/docs/generate.ts'

const root = join(import.meta.dirname, '..', '..')

describe('generated documentation', () => {
  let files: ReadonlyMap<string, string>
  before(async () => {
    files = await generateDocs(root)
  })

  it('is what the sources say; else run node --import tsx scripts/docs.ts', () => {
    assert.deepEqual(findDrift(root, files), [])
  })

  it('holds schemas that a strict validator takes', () => {
    const schemas = [...files].filter(([path]) => path.endsWith('.json'))
    assert.ok(schemas.length > 0)
    for (const [path, text] of schemas) {
      const ajv = new Ajv({ strict: true, allowUnionTypes: true })
      assert.doesNotThrow(() => ajv.compile(JSON.parse(text) as object), path)
    }
  })

  it('writes every amount as a string', () => {
    for (const [path, text] of files) {
      if (!path.endsWith('.json')) continue
      for (const [name, property] of propertiesOf(JSON.parse(text))) {
        if (!name.endsWith('Wei')) continue
        assert.doesNotMatch(JSON.stringify(property), /"(number|integer)"/, `${path}: ${name}`)
      }
    }
  })

  it('notices what is missing, changed or left over', () => {
    const changed = new Map(files).set('docs/exit-codes.md', '').set('docs/reference/new.md', '')
    changed.delete('docs/schemas/README.md')
    const drift = findDrift(root, changed).filter((path) => !findDrift(root, files).includes(path))
    assert.deepEqual(drift, ['docs/exit-codes.md', 'docs/reference/new.md', 'docs/schemas/README.md'])
  })
})

function propertiesOf(schema: unknown): (readonly [name: string, property: unknown])[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own =
    'properties' in schema && typeof schema.properties === 'object'
      ? Object.entries({ ...schema.properties })
      : []
  return [...own, ...Object.values(schema).flatMap(propertiesOf)]
}
