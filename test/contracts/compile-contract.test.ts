import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { compileContract } from '../../scripts/compile-contract.ts'

describe('compileContract', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lp-pay-test-'))
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  function source(name: string, body: string, head = '// SPDX-License-Identifier: MIT\n'): string {
    const path = join(folder, name)
    writeFileSync(path, `${head}pragma solidity ^0.8.0;\n${body}\n`)
    return path
  }

  it('gives the interface and the code, the same for the same contract whatever its comments and its file', () => {
    const contract = 'contract Answer { uint256 public constant answer = 42; }'
    const one = compileContract(source('One.sol', contract), 'Answer')
    const other = compileContract(source('Other.sol', `// another comment\n${contract}`), 'Answer')
    assert.deepEqual(one, other)
    assert.deepEqual(
      one.abi.map((item) => item.type === 'function' && item.name),
      ['answer'],
    )
    assert.ok(one.bytecode.endsWith(one.deployedBytecode.slice(2)))
  })

  it('fails with what the compiler says, be it an error or a warning', () => {
    const unused = 'contract Wasteful { function f() external pure { uint256 unused = 1; } }'
    for (const [path, name, said] of [
      [source('Wrong.sol', 'contract Wrong { uint256 x = "text"; }'), 'Wrong', /^TypeError: /],
      [source('Wasteful.sol', unused), 'Wasteful', /^Warning: Unused local variable/],
      [source('Unlicensed.sol', 'contract Free {}', ''), 'Free', /^Warning: SPDX license identifier/],
      [source('Importing.sol', 'import "./One.sol";'), 'One', /^ParserError: Source "One.sol" not found/],
    ] as const) {
      assert.throws(() => compileContract(path, name), { message: said })
    }
  })

  it('says that a file has no such contract', () => {
    const path = source('One.sol', 'contract Answer {}')
    assert.throws(() => compileContract(path, 'Question'), { message: `${path} has no contract Question` })
  })
})
