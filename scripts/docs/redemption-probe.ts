import { join } from 'node:path'

import { compileContract } from '../compile-contract.ts'

/** The module that holds the runtime code and the interface of contracts/RedemptionProbe.sol. */
export function describeRedemptionProbe(root: string): string {
  const { abi, deployedBytecode } = compileContract(
    join(root, 'contracts', 'RedemptionProbe.sol'),
    'RedemptionProbe',
  )
  const plainAbi = JSON.stringify(abi, (name, value: unknown) =>
    name === 'internalType' ? undefined : value,
  )
  return `// Compiled from contracts/RedemptionProbe.sol; npm run docs writes it anew.
import type { Hex } from 'viem'

export const redemptionProbeCode: Hex =
  '${deployedBytecode}'

export const redemptionProbeAbi = ${plainAbi} as const
`
}
