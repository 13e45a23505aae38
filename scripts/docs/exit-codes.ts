import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import ts from 'typescript'

import { exitCodes } from '../../src/lib/errors.ts'

/** docs/exit-codes.md: what each code means is what the docstring of its error class, or else of its name, says. */
export function describeExitCodes(root: string): string {
  const file = join(root, 'src', 'lib', 'errors.ts')
  const meanings = readMeanings(
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true),
  )
  const rows = Object.entries(exitCodes).map(([name, code]) => {
    const meaning = meanings.get(name)
    if (meaning === undefined) throw new Error(`src/lib/errors.ts does not say what ${name} means`)
    return `| ${String(code)} | ${name} | ${meaning} |`
  })
  return `# Exit codes

The same with and without \`--json\`, where the envelope repeats the code in \`error.exitCode\`.
They are stable: scripts may rely on them.

| code | name | meaning |
|---|---|---|
${rows.join('\n')}

A second Ctrl-C ends lp-pay at once with 130; what it had sent by then is in the journal (\`lp-pay tx list\`).
`
}

function readMeanings(source: ts.SourceFile): ReadonlyMap<string, string> {
  const meanings = new Map<string, string>()
  const visit = (node: ts.Node): void => {
    const name = nameOf(node)
    const doc = name === undefined ? undefined : docOf(ts.isPropertyDeclaration(node) ? node.parent : node)
    if (name !== undefined && doc !== undefined) meanings.set(name, doc)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return meanings
}

/** `declined` of `exitCode = exitCodes.declined` in a class, and of `declined: 3` in the table. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAssignment(node) && ts.isNumericLiteral(node.initializer)) return node.name.getText()
  return ts.isPropertyDeclaration(node) && node.initializer && ts.isPropertyAccessExpression(node.initializer)
    ? node.initializer.name.text
    : undefined
}

function docOf(node: ts.Node): string | undefined {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  return ts.getTextOfJSDocComment(doc?.comment)
}
