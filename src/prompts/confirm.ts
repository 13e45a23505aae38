import { DeclinedError } from '../lib/errors.ts'
import { ask, canAsk } from './terminal.ts'

export interface Consequence {
  /** What has not happened without a yes. */
  readonly without: string
  readonly nextStep: string
}

const sending: Consequence = {
  without: 'nothing was sent',
  nextStep: 'add --yes to send without asking, or --dry-run to look',
}

/**
 * Asks for a yes before something is sent, or done otherwise; anything else declines.
 *
 * @throws {DeclinedError} CONFIRMATION_NEEDED, DECLINED, PROMPT_CANCELLED
 */
export async function confirm(question: string, consequence: Consequence = sending): Promise<void> {
  const { without, nextStep } = consequence
  if (!canAsk()) {
    throw new DeclinedError('CONFIRMATION_NEEDED', `there is no terminal to ask at; ${without}`, {
      nextSteps: [nextStep],
    })
  }
  const yes = await ask<boolean>(
    (prompt) => prompt({ type: 'confirm', name: 'answer', message: question, default: false }),
    without,
  )
  if (!yes) throw new DeclinedError('DECLINED', `declined; ${without}`)
}
