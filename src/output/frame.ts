import { printData } from './streams.ts'

/** Shows a text in place of the one before it; where standard output is not a terminal, below it. */
export function showFrame(text: string): void {
  const time = new Date().toISOString().slice(0, 19).replace('T', ' ')
  if (process.stdout.isTTY) process.stdout.write('\u001b[H\u001b[2J')
  printData(`${text}\n\n${time} UTC, Ctrl-C to stop`)
}
