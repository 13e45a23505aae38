import * as Flags from '@oclif/core/flags'

import { fractionFlag } from './fraction.ts'
import { priceFileFlag } from './pricefile.ts'
import { rateFlags } from './rate.ts'

/** What every command takes that holds a price file against a running node. */
export const nodeFlags = {
  ...priceFileFlag,
  node: Flags.string({
    description:
      'where the -cliAddr of the node listens; http://127.0.0.1 with port 5935 for a gateway and 7935 for an orchestrator when absent [LP_PAY_NODE]',
    helpValue: 'URL',
  }),
  ...rateFlags,
  threshold: fractionFlag({
    description:
      'how far a price that is written in USD may be from what the node holds: 2%, 0.02 or 1/50 (2% when absent)',
  }),
}
