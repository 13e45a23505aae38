import { DeclinedError } from '../lib/errors.ts'
import { whatIsWrong } from './questions.ts'
import { isStandardInputTaken } from './standard-input.ts'
import { ask, canAsk } from './terminal.ts'

/** Reads the password of an account from the file that settings name, or asks for it. */
export function passwordReader(
  file: string | undefined,
  label: string,
  consequence = 'nothing was sent',
): () => Promise<string> {
  return async () => {
    if (isSource(file)) return readFrom(file)
    requireTerminal(consequence)
    return askHidden(`Password of ${label}`, consequence)
  }
}

/**
 * Reads the password for a new keystore from the file that settings name, or asks for it twice, as a typing error in
 * a new password would lock the key for good.
 *
 * @throws {DeclinedError} PASSWORD_NEEDED, PROMPT_CANCELLED
 * @throws {ConfigurationError} PASSWORD_TOO_SHORT, PASSWORD_EMPTY, PASSWORD_INVALID
 */
export async function readNewPassword(file: string | undefined, label: string): Promise<string> {
  const { requireNewPassword } = await import('../lib/account/read-password.ts')
  if (isSource(file)) {
    const password = await readFrom(file)
    requireNewPassword(password)
    return password
  }
  requireTerminal('nothing was written')
  for (let remark = ''; ; remark = ' (the two differed)') {
    const password = await askHidden(
      `New password for ${label}${remark}`,
      'nothing was written',
      requireNewPassword,
    )
    if ((await askHidden('The same again', 'nothing was written')) === password) return password
  }
}

/**
 * Asks for something that is not shown.
 *
 * @param check throws what is wrong with it; it is asked again then
 */
export async function askHidden(
  question: string,
  consequence: string,
  check: (secret: string) => void = () => undefined,
): Promise<string> {
  // inquirer would keep what is wrong on the line, and what is typed next would follow it unseen.
  for (let message = `${question}:`; ;) {
    const secret = await ask<string>(
      (prompt) => prompt({ type: 'password', name: 'answer', message, mask: '*' }),
      consequence,
    )
    const wrong = whatIsWrong(() => check(secret))
    if (wrong === undefined) return secret
    message = `${question} (${wrong}):`
  }
}

/** False where the password must be asked for; typed into `--password-file -`, it would stand on the screen. */
function isSource(file: string | undefined): file is string {
  return file !== undefined && !(file === '-' && canAsk())
}

async function readFrom(file: string): Promise<string> {
  const { readPassword } = await import('../lib/account/read-password.ts')
  return readPassword(file, process.stdin)
}

function requireTerminal(consequence: string): void {
  if (canAsk()) return
  const other = isStandardInputTaken() ? '' : ', or --password-file - for standard input'
  throw new DeclinedError(
    'PASSWORD_NEEDED',
    `there is no terminal to ask for the password at; ${consequence}`,
    {
      nextSteps: [`add --password-file FILE${other}`],
    },
  )
}
