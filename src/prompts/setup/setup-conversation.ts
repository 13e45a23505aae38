import type { SetupCheck } from '../../lib/setup/check-setup.ts'
import type { Setup, SetupDraft } from '../../lib/config/setup.ts'
import type { ConfigFile } from '../../lib/config/settings.ts'
import { questionsWith } from '../questions.ts'

/** What the wizard needs of its surroundings. */
export interface SetupConversation {
  readonly file: ConfigFile
  /** lp-pay's own folder of keystores. */
  readonly ownKeystore: string
  /** What is known of a profile before anybody is asked. */
  readonly draft: (profile?: string) => SetupDraft
  /** Asks the chain and shows what it says; undefined when it is not to be asked. */
  readonly check: (setup: Setup) => Promise<SetupCheck | undefined>
  /** Shows something that helps to answer. */
  readonly say: (text: string) => void
}

export const questions = questionsWith('nothing was written')
