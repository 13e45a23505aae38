import type { Command } from '@oclif/core/command'

type Load = () => Promise<{ readonly default: Command.Class }>

/** Every command, loaded only when it runs. A test holds this table against the folder. */
export const commands: Readonly<Record<string, Load>> = {
  'config:path': () => import('./config/path.ts'),
  'config:show': () => import('./config/show.ts'),
  deposit: () => import('./deposit.ts'),
  reserve: () => import('./reserve.ts'),
  status: () => import('./status.ts'),
  unlock: () => import('./unlock/index.ts'),
  'unlock:cancel': () => import('./unlock/cancel.ts'),
  withdraw: () => import('./withdraw.ts'),
}
