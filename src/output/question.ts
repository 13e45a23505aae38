import { redactUrls } from '../lib/text/redact-urls.ts'

/** Shows what a question is about. Unlike progress it is shown with `--quiet` too: nobody can say yes to what he has not seen. */
export function showBeforeQuestion(text: string): void {
  process.stderr.write(`${redactUrls(text)}\n`)
}
