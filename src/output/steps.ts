import type { Step } from '../lib/tx/steps.ts'
import { printNote } from './streams.ts'
import { err } from './style.ts'
import { startSpinner } from './spinner.ts'

/** Tells on standard error what a transaction is doing: a spinner on a terminal, the milestones elsewhere. */
export function showSteps(): { show: (step: Step) => void; pause: () => void; end: () => void } {
  const spinner = startSpinner()
  return {
    show(step) {
      const text = describe(step)
      if (text === undefined) return
      if (text.lasting) printNoteAbove(spinner, text.words)
      else spinner.say(text.words)
    },
    pause: spinner.clear,
    end: spinner.clear,
  }
}

function printNoteAbove(spinner: { clear: () => void }, words: string): void {
  spinner.clear()
  printNote(err.dim(words))
}

function describe(step: Step): { words: string; lasting: boolean } | undefined {
  switch (step.name) {
    case 'settle':
      return { words: `an earlier ${step.operation} was left open: settling ${step.hash}`, lasting: true }
    case 'read':
    case 'readAgain':
      return { words: 'reading the chain', lasting: false }
    case 'simulate':
      return { words: 'simulating', lasting: false }
    case 'sign':
      return { words: 'signing', lasting: false }
    case 'broadcast':
      return { words: `sending ${step.hash}`, lasting: true }
    case 'broadcastAgain':
      return { words: `the chain does not know it: sending the same bytes again`, lasting: true }
    case 'wait':
      return { words: 'waiting for a block', lasting: false }
    case 'confirmations':
      return { words: `confirmations: ${String(step.seen)} of ${String(step.wanted)}`, lasting: false }
    default:
      return undefined
  }
}
