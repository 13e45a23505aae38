import { sanitize } from '../../lib/text/sanitize.ts'

/** A text inside HTML or SVG, in an element or an attribute. */
export function escapeMarkup(text: string): string {
  return sanitize(text).replace(/[&<>"'`]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
}
