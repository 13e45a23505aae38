import { DeclinedError } from '../lib/errors.ts'
import { asked, canAsk, promptContext } from './terminal.ts'

/**
 * Asks for a yes; anything else declines.
 *
 * @throws {DeclinedError} CONFIRMATION_NEEDED, DECLINED, PROMPT_CANCELLED
 */
export async function confirm(question: string): Promise<void> {
  if (!canAsk()) {
    throw new DeclinedError('CONFIRMATION_NEEDED', 'there is no terminal to ask at; nothing was sent', {
      nextSteps: ['add --yes to send without asking, or --dry-run to look'],
    })
  }
  const { default: inquirer } = await import('inquirer')
  const ask = inquirer.createPromptModule(promptContext)
  const { yes } = await asked(
    ask<{ yes: boolean }>({ type: 'confirm', name: 'yes', message: question, default: false }),
  )
  if (!yes) throw new DeclinedError('DECLINED', 'declined; nothing was sent')
}
