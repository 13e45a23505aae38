import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** A secret, and every form in which it could leak. */
export interface Secret {
  readonly name: string
  readonly forms: readonly string[]
}

/** A text that must not leak: as it is, in URLs, in hex, and in base64 wherever in a longer text it begins. */
export function secretText(name: string, text: string): Secret {
  const bytes = Buffer.from(text)
  return { name, forms: unique([text, encodeURIComponent(text), encodeURI(text), ...formsOf(bytes)]) }
}

/** A private key that must not leak: also as a number, and without its 0x. */
export function secretKey(name: string, key: `0x${string}`): Secret {
  const hex = key.slice(2)
  const text = formsOf(Buffer.from(hex))
  return { name, forms: unique([...formsOf(Buffer.from(hex, 'hex')), ...text, BigInt(key).toString()]) }
}

function formsOf(bytes: Buffer): string[] {
  const base64 = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // Of the characters at both ends only those that depend on nothing but the secret.
    const whole = text.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + bytes.length) * 8) / 6))
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const hex = bytes.toString('hex')
  return [hex, hex.toUpperCase(), ...base64]
}

function unique(forms: readonly string[]): string[] {
  return [...new Set(forms)]
}

/** The names of the secrets that a text holds in whatever form. */
export function leaksIn(text: string, secrets: readonly Secret[]): string[] {
  return secrets.filter(({ forms }) => forms.some((form) => text.includes(form))).map(({ name }) => name)
}

/** Every file below a folder that holds a secret, as `path: secret`. */
export async function leaksBelow(
  folder: string,
  secretsFor: (path: string) => readonly Secret[],
): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path)
    const secrets = secretsFor(name)
    const text = entry.isFile()
      ? `${name}\n${await readFile(path, 'latin1')}\n${await readFile(path, 'utf8')}`
      : name
    found.push(...leaksIn(text, secrets).map((secret) => `${name}: ${secret}`))
  }
  return found
}
