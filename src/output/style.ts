import { Chalk } from 'chalk'

/** Colours for standard output; none where it is not a terminal or NO_COLOR is set. */
export const out = new Chalk({ level: levelFor(process.stdout) })

/** Colours for standard error. */
export const err = new Chalk({ level: levelFor(process.stderr) })

function levelFor(stream: NodeJS.WriteStream): 0 | 1 {
  if (process.env['NO_COLOR'] || process.env['TERM'] === 'dumb') return 0
  return process.env['FORCE_COLOR'] || stream.isTTY ? 1 : 0
}
