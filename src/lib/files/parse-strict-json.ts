/**
 * JSON.parse for files from outside. Refuses duplicate keys, which programs read differently, and
 * `__proto__`. `refuse` makes the error from the reason, which never quotes the text: the text may be a
 * secret that was given by mistake.
 */
export function parseStrictJson(text: string, refuse: (why: string) => Error): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refuse('it is not JSON')
  }
  for (const key of repeatedOrReservedKeys(text)) {
    throw refuse(key === '__proto__' ? 'it has a key named __proto__' : `it has ${describe(key)} twice`)
  }
  return value
}

/** Walks text that is known to be JSON: there, a string before a colon is a key of the innermost object. */
function* repeatedOrReservedKeys(text: string): Generator<string> {
  const openObjects: Set<string>[] = []
  for (const [token, quoted] of text.matchAll(
    /("[^"\\]*(?:\\.[^"\\]*)*")\s*:|"[^"\\]*(?:\\.[^"\\]*)*"|[{}]/g,
  )) {
    if (token === '{') openObjects.push(new Set())
    else if (token === '}') openObjects.pop()
    else if (quoted !== undefined) {
      const key = String(JSON.parse(quoted))
      const keys = openObjects.at(-1)
      if (key === '__proto__' || keys?.has(key) === true) yield key
      keys?.add(key)
    }
  }
}

function describe(key: string): string {
  return /^[\w-]{1,40}$/.test(key) ? `the key ${key}` : 'a key'
}
