import { setImmediate as nextTurn } from 'node:timers/promises'
import type * as Inquirer from 'inquirer'

import { DeclinedError } from '../lib/errors.ts'

type Prompt = ReturnType<typeof Inquirer.createPromptModule<never>>

let forbidden = false

/** For commands whose output a program reads: nobody is there to answer. */
export function forbidPrompts(): void {
  forbidden = true
}

/** People are asked only where they can read the question and type the answer. */
export function canAsk(): boolean {
  return !forbidden && process.stdin.isTTY && process.stderr.isTTY
}

/**
 * Asks one question, on standard error because standard output carries data. Ctrl-C, Ctrl-D, a signal and a closed
 * terminal all end the command; `consequence` says what has not happened then.
 *
 * @throws {DeclinedError} PROMPT_CANCELLED
 */
export async function ask<Answer>(
  start: (prompt: Prompt) => Promise<{ readonly answer: Answer }>,
  consequence: string,
): Promise<Answer> {
  const { createPromptModule } = await import('inquirer')
  const ending = new AbortController()
  const end = () => ending.abort()
  // Ctrl-D closes the prompt without an answer or an error, and the process would end as if all were well.
  const endIfUnanswered = () => void nextTurn().then(end)
  process.on('SIGINT', end).on('SIGTERM', end)
  process.stdin.on('pause', endIfUnanswered)
  try {
    const prompt = createPromptModule({ output: process.stderr, signal: ending.signal })
    return (await start(prompt)).answer
  } catch (error) {
    if (!(error instanceof Error) || !ended.has(error.name)) throw error
    throw new DeclinedError('PROMPT_CANCELLED', `cancelled at the prompt; ${consequence}`, {
      nextSteps: ['repeat the command'],
      cause: error,
    })
  } finally {
    process.stdin.off('pause', endIfUnanswered)
    process.off('SIGINT', end).off('SIGTERM', end)
  }
}

/** What inquirer throws when there will be no answer. */
const ended: ReadonlySet<string> = new Set(['ExitPromptError', 'AbortPromptError', 'CancelPromptError'])
