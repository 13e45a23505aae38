import type { Setup } from '../config/setup.ts'
import type { SetupCheck } from './check-setup.ts'

/** What was asked, or came with flags. */
export interface SetupAnswers {
  readonly setup: Setup
  /** True when the account is still to be made. */
  readonly createAccount: boolean
  /** Undefined when the chain was not asked. */
  readonly check: SetupCheck | undefined
}
