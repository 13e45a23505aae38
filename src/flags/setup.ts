import * as Flags from '@oclif/core/flags'

import { accountFlags } from './account.ts'
import { addressFlag } from './address.ts'

/** The answers to `lp-pay init` that no other flag has. */
export const setupFlags = {
  ...accountFlags,
  'chain-id': Flags.string({
    description: 'chain id of a network of your own, which --network names',
    helpValue: 'ID',
    dependsOn: ['controller', 'network'],
  }),
  controller: addressFlag({
    description: "address of Livepeer's Controller on it",
    dependsOn: ['chain-id', 'network'],
  }),
  'skip-check': Flags.boolean({ description: 'write without asking the chain' }),
  yes: Flags.boolean({ char: 'y', description: 'write without asking: all values come from flags' }),
}
