import { ConfigurationError } from '../errors.ts'
import { readPrivateFile } from '../files/private-files.ts'

const maxPasswordBytes = 4096
const minNewPasswordCharacters = 8

/**
 * A password from a private file, or from standard input if the path is `-`. One line break at its end does
 * not belong to it.
 *
 * @throws {ConfigurationError} PASSWORD_EMPTY, PASSWORD_INVALID, PASSWORD_TOO_LONG, FILE_*, FOLDER_*
 */
export async function readPassword(
  path: string,
  standardInput: AsyncIterable<Uint8Array | string>,
): Promise<string> {
  return path === '-' ? await readPasswordStream(standardInput) : await readPasswordFile(path)
}

/** As {@link readPassword}, from a file that only its owner can read. */
export async function readPasswordFile(path: string): Promise<string> {
  return withoutLineBreak(await readPrivateFile(path, { maxBytes: maxPasswordBytes, what: 'password file' }))
}

/** As {@link readPassword}, from a stream up to its end. */
export async function readPasswordStream(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > maxPasswordBytes) {
      throw refusal('PASSWORD_TOO_LONG', `is longer than ${String(maxPasswordBytes)} bytes`)
    }
    chunks.push(bytes)
  }
  return withoutLineBreak(decode(Buffer.concat(chunks)))
}

/**
 * Checks a password for a new keystore. What a password must be at least says nothing about one that exists.
 *
 * @throws {ConfigurationError} PASSWORD_EMPTY, PASSWORD_INVALID, PASSWORD_TOO_SHORT
 */
export function requireNewPassword(password: string): void {
  const characters = [...requireOneLine(password)].length
  if (characters >= minNewPasswordCharacters) return
  throw refusal('PASSWORD_TOO_SHORT', `has fewer than ${String(minNewPasswordCharacters)} characters`)
}

function withoutLineBreak(text: string): string {
  return requireOneLine(text.replace(/\r?\n$/, ''))
}

/** A second line is a mistake: nobody could type that password at a prompt. */
function requireOneLine(password: string): string {
  if (password === '') throw refusal('PASSWORD_EMPTY', 'is empty')
  if (/[\r\n]/.test(password)) throw refusal('PASSWORD_INVALID', 'has more than one line')
  return password
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refusal('PASSWORD_INVALID', 'is not UTF-8 text')
  }
}

function refusal(code: string, why: string): ConfigurationError {
  return new ConfigurationError(code, `the password ${why}`)
}
