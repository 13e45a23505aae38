import { Lexer } from 'yaml'

/** Far more than people nest or indent. Beyond some thousands the parser, which recurses, takes the process down. */
const deepest = 100
const indentedTooFar = /^[ \t]{200}/m

/** Whether YAML must not reach its parser. Told by the lexer, which does not recurse and knows what is quoted. */
export function isNestedTooDeeply(text: string): boolean {
  if (indentedTooFar.test(text)) return true
  let inBrackets = 0
  let onLine = 0
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') inBrackets++
    else if (token === ']' || token === '}') inBrackets = Math.max(0, inBrackets - 1)
    else if (token.includes('\n')) onLine = 0
    else if (inBrackets === 0 && ['-', '?', ':'].includes(token)) onLine++
    if (inBrackets > deepest || onLine > deepest) return true
  }
  return false
}
