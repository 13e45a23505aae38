import { DeclinedError, UsageError } from '../lib/errors.ts'
import { asked, canAsk, promptContext } from './terminal.ts'

/**
 * Asks for a password without showing it.
 *
 * @throws {DeclinedError} PASSWORD_NEEDED, PROMPT_CANCELLED
 */
export async function askPassword(question: string): Promise<string> {
  if (!canAsk()) {
    throw new DeclinedError(
      'PASSWORD_NEEDED',
      'there is no terminal to ask for the password at; nothing was sent',
      {
        nextSteps: ['add --password-file FILE, or --password-file - for standard input'],
      },
    )
  }
  const { default: inquirer } = await import('inquirer')
  const ask = inquirer.createPromptModule(promptContext)
  const { password } = await asked(
    ask<{ password: string }>({ type: 'password', name: 'password', message: question, mask: '*' }),
  )
  return password
}

/** Asks twice, as a typing error in a new password would lock the key for good. */
export async function askNewPassword(question: string): Promise<string> {
  const password = await askPassword(question)
  if ((await askPassword('the same again')) === password) return password
  throw new UsageError('PASSWORDS_DIFFER', 'the two passwords differ; nothing was written', {
    nextSteps: ['repeat the command'],
  })
}

/** Reads the password of an account from the file that settings name, or asks for it. */
export function passwordReader(file: string | undefined, label: string): () => Promise<string> {
  return async () => {
    if (file === undefined) return askPassword(`Password of ${label}`)
    const { readPassword } = await import('../lib/account/read-password.ts')
    return readPassword(file, process.stdin)
  }
}
