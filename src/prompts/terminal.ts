import { DeclinedError } from '../lib/errors.ts'

/** People are asked only where they can read the question and type the answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}

/** Questions go to standard error: standard output carries data. */
export const promptContext = { output: process.stderr }

/** Runs a prompt; Ctrl-C at it ends the command with nothing sent. */
export async function asked<Answer>(prompt: Promise<Answer>): Promise<Answer> {
  try {
    return await prompt
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') {
      throw new DeclinedError('PROMPT_CANCELLED', 'cancelled at the prompt; nothing was sent', {
        nextSteps: ['repeat the command'],
        cause: error,
      })
    }
    throw error
  }
}
