import type { Network } from '../../lib/chain/network.ts'
import { requireName } from '../../lib/config/names.ts'
import type { Setup, SetupDraft } from '../../lib/config/setup.ts'
import { devnet } from '../../lib/devnet/network.ts'
import { DeclinedError } from '../../lib/errors.ts'
import { problemOf } from '../../lib/setup/check-setup.ts'
import type { SetupAnswers } from '../../lib/setup/setup-answers.ts'
import { askAccount } from './ask-account.ts'
import type { AccountAnswer } from './ask-account.ts'
import { askNetwork } from './ask-network.ts'
import { askRpcUrls } from './ask-rpc-urls.ts'
import { questions } from './setup-conversation.ts'
import type { SetupConversation } from './setup-conversation.ts'

/**
 * Asks for a profile, its network, RPCs and account, and holds the answers against the chain until they fit, or are
 * to be written all the same.
 *
 * @throws {DeclinedError} PROMPT_CANCELLED, DECLINED
 */
export async function askSetup(conversation: SetupConversation): Promise<SetupAnswers> {
  const { file } = conversation
  const profile = await questions.text({
    message: 'Name of the profile',
    proposal: conversation.draft().profile,
    check: (name) => requireName('profile', name),
  })
  const draft = conversation.draft(profile)
  if (draft.exists) conversation.say(`the profile ${profile} is there already: what it says is proposed`)

  let network = await askNetwork(file, draft.network)
  let rpcUrls = await askRpcUrls(network, knownUrls(draft, network))
  let account = await askAccount(network, forNetwork(draft, network), conversation)
  for (;;) {
    const setup = assemble(draft, network, rpcUrls, account)
    const check = await conversation.check(setup)
    const done = { setup, createAccount: account.create, check }
    if (check === undefined || problemOf(check) === undefined) return done
    switch (await askWhatNow(network)) {
      case 'otherUrls':
        rpcUrls = await askRpcUrls(network, [])
        break
      case 'otherNetwork':
        network = await askNetwork(file, network)
        rpcUrls = await askRpcUrls(network, knownUrls(draft, network))
        account = await askAccount(network, forNetwork(draft, network), conversation)
        break
      case 'again':
        break
      case 'write':
        return done
      case 'leave':
        throw new DeclinedError('DECLINED', 'left without an answer; nothing was written', {
          nextSteps: ['lp-pay init'],
        })
    }
  }
}

/**
 * Asks before the configuration is written.
 *
 * @throws {DeclinedError} DECLINED, PROMPT_CANCELLED
 */
export async function confirmSetup(isNew: boolean): Promise<void> {
  const yes = await questions.yes(isNew ? 'Write it?' : 'Change the profile?', isNew)
  if (!yes)
    throw new DeclinedError('DECLINED', 'declined; nothing was written', { nextSteps: ['lp-pay init'] })
}

function askWhatNow({ name }: Network): Promise<'otherUrls' | 'otherNetwork' | 'again' | 'write' | 'leave'> {
  return questions.choice('The check has failed. What now', [
    { name: 'enter other RPC URLs', value: 'otherUrls' },
    { name: 'choose another network', value: 'otherNetwork' },
    {
      name: `check again${name === devnet.name ? ', once lp-pay devnet up has made a chain' : ''}`,
      value: 'again',
    },
    { name: 'write it all the same', value: 'write' },
    { name: 'leave, and write nothing', value: 'leave' },
  ])
}

/** What a profile says belongs to its network. */
function forNetwork(draft: SetupDraft, network: Network): SetupDraft {
  return isFor(draft, network) ? draft : { ...draft, account: undefined, keystore: undefined }
}

function knownUrls(draft: SetupDraft, network: Network): readonly string[] {
  return isFor(draft, network) ? draft.rpcUrls : []
}

function isFor(draft: SetupDraft, network: Network): boolean {
  return draft.network === undefined || draft.network.name === network.name
}

function assemble(
  draft: SetupDraft,
  network: Network,
  rpcUrls: readonly string[],
  { account, keystore }: AccountAnswer,
): Setup {
  const { profile, passwordFile } = draft
  return { profile, network, rpcUrls, account, keystore, passwordFile }
}
