import assert from 'node:assert/strict'

import { refusalReason } from '../../../src/lib/chain/refusal.ts'
import type { RefusalReason } from '../../../src/lib/chain/rpc.ts'

describe('refusals of transactions', () => {
  const texts: Readonly<Record<RefusalReason, readonly string[]>> = {
    alreadyKnown: [
      'already known',
      'ALREADY_EXISTS: already known',
      'known transaction: 1f2e',
      'Known transaction',
      'AlreadyKnown',
      'transaction already imported',
      'Transaction with the same hash was already imported.',
    ],
    nonceTooLow: [
      'nonce too low',
      'nonce too low: next nonce 5, tx nonce 3',
      'nonce too low: address 0x00, tx: 1 state: 2',
      'Nonce too low',
      'OldNonce, Current nonce: 5, nonce of rejected tx: 3',
      'Transaction nonce is too low. Try incrementing the nonce.',
      'invalid transaction nonce',
    ],
    nonceTooHigh: [
      'nonce too high',
      'nonce too high: address 0x00, tx: 9 state: 2',
      'NonceGap, Future nonce. Expected nonce: 4',
      'NonceTooFarInFuture',
      'Nonce too high',
    ],
    underpriced: [
      'transaction underpriced',
      'transaction underpriced: gas tip cap 1, minimum needed 1000000',
      'replacement transaction underpriced',
      'Replacement transaction underpriced',
      'ReplacementNotAllowed',
      'INTERNAL_ERROR: could not replace existing tx',
      'FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 1, BaseFee: 2, MaxPriorityFeePerGas:0, Block number: 5',
      'FeeTooLowToCompete',
      'max fee per gas less than block base fee',
      'max fee per gas less than block base fee: address 0x00, maxFeePerGas: 1, baseFee: 100000000',
      'err: max fee per gas less than block base fee',
      'fee cap less than block base fee',
      'Gas price below configured minimum gas price',
      'Gas price below current base fee',
      'gas price too low',
      "Transaction gas price is too low. It does not satisfy your node's minimal gas price",
    ],
    insufficientFunds: [
      'insufficient funds for gas * price + value',
      'insufficient funds for gas * price + value: balance 0, tx cost 21000, overshot 21000',
      'insufficient funds for gas * price + value: have 0 want 21000',
      'Insufficient funds for gas * price + value',
      'insufficient funds for transfer',
      'InsufficientFunds, Account balance: 0, cumulative cost: 21000',
      'Upfront cost exceeds account balance',
      'not enough funds for gas',
    ],
    other: [
      'intrinsic gas too low',
      'exceeds block gas limit',
      'Intrinsic gas exceeds gas limit',
      'Transaction gas limit exceeds block gas limit',
      'tx fee (1.05 ether) exceeds the configured cap (1.00 ether)',
      'Transaction fee cap exceeded',
      'max priority fee per gas higher than max fee per gas',
      'invalid sender',
      'invalid chain id for signer: have 1 want 42161',
      'only replay-protected (EIP-155) transactions allowed over RPC',
      'rlp: expected input list for types.LegacyTx',
      'transaction type not supported',
      'unknown transaction: transaction type not supported',
      'oversized data: transaction size 200000, limit 131072',
      'txpool is full',
      'future transaction tries to replace pending',
      'authority nonce too low',
      'gapped-nonce tx from delegated accounts',
      'execution reverted: no',
    ],
  }
  for (const [reason, messages] of Object.entries(texts)) {
    for (const message of messages) {
      it(`takes "${message}" for ${reason}`, () => {
        assert.equal(refusalReason({ code: -32000, message, data: undefined }), reason)
      })
    }
  }

  for (const [code, message] of [
    [-32000, 'context deadline exceeded'],
    [-32000, 'failed to publish transaction to any of the forwarding targets'],
    [-32000, 'Post "https://sequencer/": EOF'],
    [-32603, 'internal error'],
    [-32005, 'limit exceeded'],
    [429, 'too many requests'],
    [-32000, 'sequencer temporarily not available'],
    [-32000, 'something new'],
    [-32000, ''],
  ] as const) {
    it(`does not take ${code} "${message}" for a refusal`, () => {
      assert.equal(refusalReason({ code, message, data: undefined }), undefined)
    })
  }

  for (const code of [-32700, -32600, -32601, -32602, -32003, -32010]) {
    it(`takes the code ${code} for a refusal`, () => {
      assert.equal(refusalReason({ code, message: 'something new', data: undefined }), 'other')
    })
  }
})
