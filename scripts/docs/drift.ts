import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folders that hold nothing but what is generated. */
const generatedFolders = ['docs/reference', 'docs/schemas']

/** The generated files that are missing, differ from what is generated now, or have no source any more. */
export function findDrift(root: string, files: ReadonlyMap<string, string>): string[] {
  const changed = [...files].filter(([path, text]) => read(join(root, path)) !== text).map(([path]) => path)
  const stale = generatedFolders
    .flatMap((folder) => list(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => !files.has(path))
  return [...changed, ...stale].sort()
}

function read(path: string): string | undefined {
  return ignoreMissing(() => readFileSync(path, 'utf8'))
}

function list(folder: string): string[] {
  return ignoreMissing(() => readdirSync(folder)) ?? []
}

function ignoreMissing<Value>(use: () => Value): Value | undefined {
  try {
    return use()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
