import { Chalk } from 'chalk'

import { sanitize } from '../../../lib/text/sanitize.ts'

/** What a terminal shows of the text: which signs, and whether colours. */
export interface Medium {
  readonly width: number
  readonly height: number | undefined
  readonly colour: boolean
  readonly unicode: boolean
}

export type Paint = 'plain' | 'dim' | 'bold' | 'cyan' | 'yellow' | 'green' | 'magenta' | 'red'

/** Signs in columns and lines, written over each other. */
export interface Canvas {
  /** Words from anywhere: what could steer a terminal is taken out. */
  write(column: number, line: number, words: string, paint?: Paint): void
  /** A dot, two to a column and four to a line, counted from the upper left. */
  dot(x: number, y: number, paint: Paint, sign: string): void
  toText(): string
}

interface Cell {
  sign: string
  paint: Paint
  /** Of a sign of the Braille alphabet. */
  dots: number
}

/** Bits of a Braille sign, by line and column of the dot. */
const bits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const

export function makeCanvas({ width, colour, unicode }: Medium): Canvas {
  const lines: (Cell | undefined)[][] = []
  const put = (column: number, line: number, cell: Cell) => {
    if (column < 0 || column >= width) return
    const cells = (lines[line] ??= [])
    cells[column] = cell
  }
  return {
    write(column, line, words, paint = 'plain') {
      const shown = unicode ? sanitize(words) : toAscii(words)
      for (const [index, sign] of [...shown].entries()) put(column + index, line, { sign, paint, dots: 0 })
    },
    dot(x, y, paint, sign) {
      const [column, line] = [Math.floor(x / 2), Math.floor(y / 4)]
      const before = lines[line]?.[column]
      const dots = (before?.paint === paint ? before.dots : 0) | (bits[y % 4]?.[x % 2] ?? 0)
      put(column, line, { sign: unicode ? String.fromCodePoint(0x2800 + dots) : sign, paint, dots })
    },
    toText() {
      const chalk = new Chalk({ level: colour ? 1 : 0 })
      return Array.from({ length: lines.length }, (_, index) => paintLine(chalk, lines[index] ?? [])).join(
        '\n',
      )
    },
  }
}

function toAscii(words: string): string {
  return sanitize(words)
    .replace(/…/g, '~')
    .replace(/–/g, '-')
    .replace(/[^\x20-\x7e]/g, '?')
}

/** Each run of a colour at once. */
function paintLine(chalk: InstanceType<typeof Chalk>, cells: readonly (Cell | undefined)[]): string {
  let [line, run, paint]: [string, string, Paint] = ['', '', 'plain']
  const end = () => {
    line += paint === 'plain' ? run : chalk[paint](run)
    run = ''
  }
  for (const cell of cells) {
    const next = cell?.paint ?? 'plain'
    if (next !== paint) end()
    paint = next
    run += cell?.sign ?? ' '
  }
  end()
  return line.trimEnd()
}
