import { resolve } from 'node:path'

import { parseAddress } from '../../lib/account/address.ts'
import type { Network } from '../../lib/chain/network.ts'
import { lookIntoKeystores, usualKeystoreFolders } from '../../lib/config/known-keystores.ts'
import type { KeystoreFolder } from '../../lib/config/known-keystores.ts'
import { absolutePath } from '../../lib/config/paths.ts'
import type { SetupDraft } from '../../lib/config/setup.ts'
import { devnetAccounts } from '../../lib/devnet/accounts.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import type { Choice, Heading } from '../questions.ts'
import { questions } from './setup-conversation.ts'
import type { SetupConversation } from './setup-conversation.ts'

/** Which account, and where its key is. */
export interface AccountAnswer {
  /** An address, or the name of a devnet account; undefined when none is named, or it is still to be made. */
  readonly account: string | undefined
  /** The folder with its keystore; undefined for lp-pay's own, or when there is none. */
  readonly keystore: string | undefined
  readonly create: boolean
}

type Pick = AccountAnswer | 'otherFolder' | 'addressOnly'

/** Asks for the account, out of every folder where keystores usually are. */
export async function askAccount(
  network: Network,
  draft: SetupDraft,
  { ownKeystore, say }: SetupConversation,
): Promise<AccountAnswer> {
  const folders = [draft.keystore ?? ownKeystore, ownKeystore, ...usualKeystoreFolders(network.name)]
  const found = await lookIntoKeystores(folders)
  for (;;) {
    for (const { problem } of found) if (problem !== null) say(describeProblem(problem))
    const usable = found.filter(({ accounts }) => accounts.length > 0)
    const answer = await pick(network, draft, usable, ownKeystore)
    if (answer === 'addressOnly') return askAddress(draft)
    if (answer !== 'otherFolder') return answer
    found.splice(0, found.length, ...(await askFolder(say)))
  }
}

async function pick(
  network: Network,
  draft: SetupDraft,
  folders: readonly KeystoreFolder[],
  ownKeystore: string,
): Promise<Pick> {
  const builtIn = network.local ? devnetAccounts : []
  const known: readonly (Choice<Pick> | Heading)[] = [
    ...builtIn.map(({ name, address }) => ({ name: `${name} (${address})`, value: choose(name) })),
    ...folders.flatMap(({ folder, accounts }) => [
      { heading: sanitize(folder) },
      ...accounts.map(({ address }) => ({
        name: address,
        value: choose(address, folder === resolve(ownKeystore) ? undefined : folder),
      })),
    ]),
  ]
  const wanted = draft.account ?? 'gateway-1'
  const proposed = known.find(
    (choice) => 'value' in choice && typeof choice.value === 'object' && choice.value.account === wanted,
  )
  return questions.choice<Pick>(
    'Account',
    [
      ...known,
      ...(folders.length > 0 ? [{ heading: 'none of these' }] : []),
      { name: 'make a new account', value: { ...choose(undefined, draft.keystore), create: true } },
      { name: 'a keystore in another folder', value: 'otherFolder' },
      { name: 'an address only: to look at it, or to sign elsewhere', value: 'addressOnly' },
      { name: 'no account for now', value: choose(undefined) },
    ],
    proposed !== undefined && 'value' in proposed ? proposed.value : undefined,
  )
}

function choose(account: string | undefined, keystore?: string): AccountAnswer {
  return { account, keystore, create: false }
}

async function askAddress({ account }: SetupDraft): Promise<AccountAnswer> {
  const address = await questions.text({
    message: 'Address',
    proposal: account?.startsWith('0x') === true ? account : undefined,
    check: parseAddress,
  })
  return choose(parseAddress(address))
}

async function askFolder(say: (text: string) => void): Promise<KeystoreFolder[]> {
  const folder = await questions.text({ message: 'Folder with keystores', check: () => undefined })
  const found = await lookIntoKeystores([absolutePath(folder)])
  if (found.length === 0) say(`there is no keystore in ${sanitize(absolutePath(folder))}`)
  return found
}

function describeProblem({
  message,
  nextSteps: [next],
}: {
  message: string
  nextSteps: readonly string[]
}): string {
  return sanitize(next === undefined ? message : `${message} (next: ${next})`)
}
