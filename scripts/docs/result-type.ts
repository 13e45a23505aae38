import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import ts from 'typescript'

export interface ExportedType {
  readonly file: string
  readonly name: string
}

/** The type that a command passes to BaseCommand, itself or through a class between them. */
export function findResultType(root: string, id: string): ExportedType {
  const path = join(root, 'src', 'commands', ...id.split(':'))
  const [file] = [`${path}.ts`, join(path, 'index.ts')].filter((name) => existsSync(name))
  if (file === undefined) throw new Error(`there is no file of the command ${id}`)
  return resultTypeOf({ file, name: 'default' })
}

function resultTypeOf(type: ExportedType): ExportedType {
  const source = ts.createSourceFile(type.file, readFileSync(type.file, 'utf8'), ts.ScriptTarget.Latest)
  const parent = parentOf(source, type.name)
  if (parent === undefined || !ts.isIdentifier(parent.expression)) {
    throw new Error(`${type.file}: ${type.name} extends no class`)
  }
  if (parent.expression.text !== 'BaseCommand') return resultTypeOf(find(source, parent.expression.text))
  const [result] = parent.typeArguments ?? []
  if (result === undefined || !ts.isTypeReferenceNode(result) || !ts.isIdentifier(result.typeName)) {
    throw new Error(`${type.file}: give the result of the command an exported type with a name`)
  }
  return find(source, result.typeName.text)
}

function parentOf(source: ts.SourceFile, name: string): ts.ExpressionWithTypeArguments | undefined {
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement)) continue
    const isDefault = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true
    if (name === 'default' ? isDefault : statement.name?.text === name) {
      return statement.heritageClauses?.flatMap(({ types }) => [...types])[0]
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
