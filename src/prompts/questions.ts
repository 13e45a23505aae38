import { LpPayError } from '../lib/errors.ts'
import { ask } from './terminal.ts'

/** An answer that can be chosen. */
export interface Choice<Value> {
  readonly name: string
  readonly value: Value
}

/** A line between choices that cannot be chosen. */
export interface Heading {
  readonly heading: string
}

export interface TextQuestion {
  readonly message: string
  readonly proposal?: string | undefined
  /** Throws what is wrong with an answer, which is asked for again then. */
  readonly check: (text: string) => void
  /** The answer as it stays on the screen. */
  readonly show?: (text: string) => string
}

/** Asks the questions of a conversation that has the same consequence from its beginning to its end. */
export function questionsWith(consequence: string) {
  return {
    text: ({ message, proposal, check, show = (text) => text }: TextQuestion) =>
      ask<string>(
        (prompt) =>
          prompt({
            type: 'input',
            name: 'answer',
            message: `${message}:`,
            ...(proposal !== undefined && { default: proposal }),
            validate: (text) => whatIsWrong(() => check(text)) ?? true,
            transformer: (text, { isFinal }) => (isFinal ? show(text) : text),
          }),
        consequence,
      ),
    choice: <Value>(
      message: string,
      choices: readonly (Choice<Value> | Heading)[],
      proposal?: Value,
    ): Promise<Value> =>
      ask<Value>(
        (prompt) =>
          prompt({
            type: 'select',
            name: 'answer',
            message: `${message}:`,
            choices: choices.map((choice) =>
              'heading' in choice ? { type: 'separator', separator: choice.heading } : choice,
            ),
            ...(proposal !== undefined && { default: proposal }),
            pageSize: 14,
            loop: false,
          }),
        consequence,
      ),
    yes: (message: string, proposal: boolean) =>
      ask<boolean>(
        (prompt) => prompt({ type: 'confirm', name: 'answer', message, default: proposal }),
        consequence,
      ),
  }
}

/** The words of an error of ours, for showing it below a question. */
export function whatIsWrong(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof LpPayError) return error.message
    throw error
  }
}
