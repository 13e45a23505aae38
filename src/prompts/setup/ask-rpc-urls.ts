import { parseEndpoints } from '../../lib/chain/endpoint.ts'
import { arbitrumOne } from '../../lib/chain/network.ts'
import type { Network } from '../../lib/chain/network.ts'
import { defaultUrls } from '../../lib/config/load-settings.ts'
import { originOf } from '../../lib/text/redact-urls.ts'
import { questions } from './setup-conversation.ts'

/** Open to everybody, and so slow at times: fit to begin with. */
const publicUrls: Readonly<Record<string, string>> = { [arbitrumOne.name]: 'https://arb1.arbitrum.io/rpc' }

/** Asks for the RPCs. Those that are known are shown as origins only, because the rest of a URL may be an API key. */
export async function askRpcUrls(network: Network, known: readonly string[]): Promise<readonly string[]> {
  if (known.length > 0 && (await wantsKnown(known))) return known
  const answer = await questions.text({
    message: 'RPC URLs, with spaces between',
    proposal: publicUrls[network.name] ?? defaultUrls(network)[0],
    check: (text) => parseEndpoints(split(text), network.name),
    show: (text) => split(text).map(originOf).join(', '),
  })
  return split(answer)
}

async function wantsKnown(known: readonly string[]): Promise<boolean> {
  return questions.choice('RPC URLs', [
    { name: `keep ${known.map(originOf).join(', ')}`, value: true },
    { name: 'enter others', value: false },
  ])
}

function split(text: string): string[] {
  return text.split(/[\s,]+/).filter((url) => url !== '')
}
