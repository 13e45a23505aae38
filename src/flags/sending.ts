import * as Flags from '@oclif/core/flags'

import { accountFlags } from './account.ts'

/** What every command that sends a transaction takes. */
export const sendingFlags = {
  ...accountFlags,
  'dry-run': Flags.boolean({
    description: 'simulate, show effect and cost, send nothing',
    helpGroup: 'SENDING',
  }),
  yes: Flags.boolean({ char: 'y', description: 'send without asking', helpGroup: 'SENDING' }),
  unsigned: Flags.option({
    description: 'print the transaction for another signer, or a file for Safe; needs no key',
    helpGroup: 'SENDING',
    helpValue: 'safe',
    options: ['transaction', 'safe'] as const,
    exclusive: ['dry-run'],
  })(),
  'max-fee-per-gas': Flags.string({
    description: 'never pay more for a unit of gas, in gwei [LP_PAY_MAX_FEE_PER_GAS]',
    helpGroup: 'SENDING',
    helpValue: 'GWEI',
  }),
  confirmations: Flags.string({
    description: 'blocks to wait for, the first included [LP_PAY_CONFIRMATIONS]',
    helpGroup: 'SENDING',
    helpValue: 'N',
  }),
  timeout: Flags.string({
    description: 'how long to wait for them [LP_PAY_TIMEOUT]',
    helpGroup: 'SENDING',
    helpValue: '5m',
  }),
}

/** `--unsigned` alone means `--unsigned=transaction`. */
export function expandUnsigned(argv: readonly string[]): string[] {
  const end = argv.indexOf('--')
  return argv.map((word, at) =>
    word === '--unsigned' && (end === -1 || at < end) ? '--unsigned=transaction' : word,
  )
}
