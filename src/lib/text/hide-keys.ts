/** The text without what may be a private key: a word of 64 hex digits, which belongs into no message about a mistake. */
export function hideKeys(text: string): string {
  return text.replaceAll(/\b(?:0x)?[0-9a-f]{64}\b/gi, '(64 hex digits)')
}
