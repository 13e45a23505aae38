/**
 * Strips what could steer a terminal or hide text from a string that came from outside: C0 and C1 controls,
 * escape sequences, bidirectional overrides, and every character that is not seen. Line breaks and tabs become a
 * space, halves of a character become U+FFFD.
 */
export function sanitize(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-_]/g, '')
    .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu, '')
}
