import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import ts from 'typescript'

export interface ExportedType {
  readonly file: string
  readonly name: string
}

/** The type that a command's `execute` promises. */
export function findResultType(root: string, id: string): ExportedType {
  const path = join(root, 'src', 'commands', ...id.split(':'))
  const [file] = [`${path}.ts`, join(path, 'index.ts')].filter((name) => existsSync(name))
  if (file === undefined) throw new Error(`there is no file of the command ${id}`)
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const promised = promisedByExecute(source)
  if (promised === undefined) {
    throw new Error(`${file}: let execute() promise an exported type with a name`)
  }
  return find(source, promised)
}

function promisedByExecute(source: ts.SourceFile): string | undefined {
  for (const member of source.statements.flatMap((one) =>
    ts.isClassDeclaration(one) ? [...one.members] : [],
  )) {
    if (!ts.isMethodDeclaration(member) || member.name.getText(source) !== 'execute') continue
    const type = member.type
    const [promised] = type !== undefined && ts.isTypeReferenceNode(type) ? (type.typeArguments ?? []) : []
    if (promised !== undefined && ts.isTypeReferenceNode(promised) && ts.isIdentifier(promised.typeName)) {
      return promised.typeName.text
    }
  }
  return undefined
}

/** Where a name that a file uses comes from: another file, or itself. */
function find(source: ts.SourceFile, name: string): ExportedType {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const bindings = statement.importClause?.namedBindings
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue
    const imported = bindings.elements.find((element) => element.name.text === name)
    if (imported !== undefined) {
      const file = resolve(dirname(source.fileName), statement.moduleSpecifier.text)
      return { file, name: (imported.propertyName ?? imported.name).text }
    }
  }
  return { file: source.fileName, name }
}
