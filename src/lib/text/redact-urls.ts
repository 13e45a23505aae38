/** The origin of a URL (scheme, host and port): the only part of an RPC URL that may be shown. */
export function originOf(url: string): string {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}`
  } catch {
    return '(not a URL)'
  }
}

/**
 * Cuts every URL inside a text to its origin, because paths, queries and user names hold API keys. Only white space
 * and the signs that may not be part of a URL end one; of what punctuates the text behind it, the end stays.
 */
export function redactUrls(text: string): string {
  return text.replace(
    /((?:https?|wss?|postgres(?:ql)?):\/\/[^\s"<>`]*[^\s"<>`.,:;!?')}])([.,:;!?')}]*)/gi,
    (_, url: string, punctuation: string) => originOf(url) + punctuation,
  )
}
