import { escapeMarkup } from '../escape-markup.ts'

type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element with what is inside it; texts come from {@link text} alone, which escapes them. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const words = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [` ${key}="${typeof value === 'number' ? pixels(value) : escapeMarkup(value)}"`],
  )
  const content = inside.join('')
  return content === '' ? `<${name}${words.join('')}/>` : `<${name}${words.join('')}>${content}</${name}>`
}

export function text(attributes: Attributes, content: string): string {
  return element('text', attributes, escapeMarkup(content))
}

/** What a pointer that rests on an element is told. */
export function hint(content: string): string {
  return element('title', {}, escapeMarkup(content))
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** A line through points. */
export function linePath(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${pixels(x)} ${pixels(y)}`).join('')
}

/** The area between two lines with the same x. */
export function areaPath(upper: readonly Point[], lower: readonly Point[]): string {
  return upper.length === 0 ? '' : `${linePath([...upper, ...lower.toReversed()])}Z`
}

/** A tenth of a pixel is finer than can be seen. */
export function pixels(value: number): string {
  return String(Math.round(value * 10) / 10)
}
