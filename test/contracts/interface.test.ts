import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toEventSelector, toFunctionSelector } from 'viem'
import type { Abi } from 'viem'

import { compileContract } from '../../scripts/compile-contract.ts'
import { projectFolder } from '../helpers/devnet.ts'

/** What callers and readers of events depend on: selectors, indexed parameters, results, whether ETH is taken. */
function surface(abi: Abi): string[] {
  return abi
    .flatMap((item) => {
      const types = (list: readonly object[]) =>
        JSON.stringify(list, (key, value: unknown) =>
          key === 'name' || key === 'internalType' ? undefined : value,
        )
      if (item.type === 'function')
        return [
          `${toFunctionSelector(item)} ${item.stateMutability} ${types(item.inputs)} ${types(item.outputs)}`,
        ]
      if (item.type === 'event') return [`${toEventSelector(item)} ${types(item.inputs)}`]
      if (item.type === 'constructor') return [`constructor ${types(item.inputs)}`]
      return [item.type]
    })
    .sort()
}

describe('the TicketBroker of 2026', () => {
  const ours = compileContract(join(projectFolder, 'contracts', 'TicketBroker2026.sol'), 'TicketBroker2026')

  it('has the whole interface of the one of 2022, and nothing else', () => {
    const path = 'node_modules/@livepeer/sdk/abis/contracts/pm/TicketBroker.sol/TicketBroker.json'
    const { abi } = JSON.parse(readFileSync(join(projectFolder, path), 'utf8')) as { abi: Abi }
    assert.deepEqual(surface(ours.abi), surface(abi))
  })

  it('is small enough to be deployed', () => {
    assert.ok((ours.deployedBytecode.length - 2) / 2 < 24_576)
  })
})
