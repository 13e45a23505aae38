import { DeclinedError } from '../lib/errors.ts'
import { ask, canAsk } from './terminal.ts'

/**
 * Asks for a yes before something is sent; anything else declines.
 *
 * @throws {DeclinedError} CONFIRMATION_NEEDED, DECLINED, PROMPT_CANCELLED
 */
export async function confirm(question: string): Promise<void> {
  if (!canAsk()) {
    throw new DeclinedError('CONFIRMATION_NEEDED', 'there is no terminal to ask at; nothing was sent', {
      nextSteps: ['add --yes to send without asking, or --dry-run to look'],
    })
  }
  const yes = await ask<boolean>(
    (prompt) => prompt({ type: 'confirm', name: 'answer', message: question, default: false }),
    'nothing was sent',
  )
  if (!yes) throw new DeclinedError('DECLINED', 'declined; nothing was sent')
}
