import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import solc from 'solc'
import type { Abi, Hex } from 'viem'

export interface CompiledContract {
  readonly abi: Abi
  /** The code that deploys it, to be followed by the constructor's arguments. */
  readonly bytecode: Hex
  readonly deployedBytecode: Hex
}

interface CompilerOutput {
  readonly errors?: readonly { readonly formattedMessage: string }[]
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, ContractOutput>>>>
}

interface ContractOutput {
  readonly abi: Abi
  readonly evm: {
    readonly bytecode: { readonly object: string }
    readonly deployedBytecode: { readonly object: string }
  }
}

const settings = {
  optimizer: { enabled: true, runs: 200 },
  // Both anvil 1.7.1 and Arbitrum One execute it. A newer one may use instructions that Arbitrum lacks.
  evmVersion: 'cancun',
  // Else the code would end in a hash of the source, its comments included.
  metadata: { appendCBOR: false, bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
}

/**
 * Compiles one contract of a Solidity file that imports nothing. The same source gives the same code everywhere.
 *
 * @param file path of the file
 * @throws what the compiler says, its warnings included
 */
export function compileContract(file: string, contractName: string): CompiledContract {
  const name = basename(file)
  const sources = { [name]: { content: readFileSync(file, 'utf8') } }
  const output = compile({ language: 'Solidity', sources, settings })
  const complaints = output.errors ?? []
  if (complaints.length > 0) throw new Error(complaints.map((one) => one.formattedMessage).join('\n'))
  const contract = output.contracts?.[name]?.[contractName]
  if (contract === undefined) throw new Error(`${file} has no contract ${contractName}`)
  const { bytecode, deployedBytecode } = contract.evm
  return {
    abi: contract.abi,
    bytecode: `0x${bytecode.object}`,
    deployedBytecode: `0x${deployedBytecode.object}`,
  }
}

/** solc's own types say only `any`. */
function compile(input: object): CompilerOutput {
  const run = solc.compile as (input: string) => string
  return JSON.parse(run(JSON.stringify(input))) as CompilerOutput
}
