import type { Command } from '@oclif/core/command'

type Load = () => Promise<{ readonly default: Command.Class }>

/** Every command, loaded only when it runs. A test holds this table against the folder. */
export const commands: Readonly<Record<string, Load>> = {
  'account:create': () => import('./account/create.ts'),
  'account:import': () => import('./account/import.ts'),
  'account:list': () => import('./account/list.ts'),
  'account:show': () => import('./account/show.ts'),
  check: () => import('./check.ts'),
  completion: () => import('./completion.ts'),
  'config:get': () => import('./config/get.ts'),
  'config:path': () => import('./config/path.ts'),
  'config:set': () => import('./config/set.ts'),
  'config:show': () => import('./config/show.ts'),
  demo: () => import('./demo.ts'),
  deposit: () => import('./deposit.ts'),
  'devnet:advance': () => import('./devnet/advance.ts'),
  'devnet:down': () => import('./devnet/down.ts'),
  'devnet:status': () => import('./devnet/status.ts'),
  'devnet:up': () => import('./devnet/up.ts'),
  'fees:show': () => import('./fees/show.ts'),
  'fees:withdraw': () => import('./fees/withdraw.ts'),
  init: () => import('./init.ts'),
  reserve: () => import('./reserve.ts'),
  status: () => import('./status.ts'),
  'tickets:create': () => import('./tickets/create.ts'),
  'tx:list': () => import('./tx/list.ts'),
  'tx:resume': () => import('./tx/resume.ts'),
  'tx:show': () => import('./tx/show.ts'),
  unlock: () => import('./unlock/index.ts'),
  'unlock:cancel': () => import('./unlock/cancel.ts'),
  withdraw: () => import('./withdraw.ts'),
}
