/**
 * Strips what could steer a terminal or hide text from a string that came from outside: C0 and C1 controls,
 * escape sequences, bidirectional overrides, zero-width characters. Line breaks and tabs become a space.
 */
export function sanitize(text: string): string {
  return text
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-_]/g, '')
    .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
    .replace(
      /[\p{Cc}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu,
      '',
    )
}
