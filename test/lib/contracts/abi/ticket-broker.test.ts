import assert from 'node:assert/strict'
import { toEventSelector, toFunctionSelector } from 'viem'

import { ticketBrokerAbi } from '../../../../src/lib/contracts/abi/ticket-broker.ts'

const selectors: Readonly<Record<string, string>> = {
  fundDeposit: '0x6caa736b',
  fundReserve: '0x6f9c3c8f',
  fundDepositAndReserve: '0x511f4073',
  fundDepositAndReserveFor: '0x989f789c',
  unlock: '0xa69df4b5',
  cancelUnlock: '0xc2c4c2c8',
  withdraw: '0x3ccfd60b',
  redeemWinningTicket: '0xec8b3cb6',
  batchRedeemWinningTickets: '0xd01b808e',
  getSenderInfo: '0xe1a589da',
  claimableReserve: '0x81779f38',
  claimedReserve: '0x4ac826da',
  usedTickets: '0x59a515ba',
  unlockPeriod: '0x20d3a0b4',
  ticketValidityPeriod: '0x856a2cf8',
  getTicketHash: '0xb03fa864',
}

/** The beginnings of the topics, as far as they are known from the chain. */
const topics: Readonly<Record<string, string>> = {
  DepositFunded: '0x5159e237',
  WinningTicketTransfer: '0x8b87351a',
  WinningTicketRedeemed: '0xc389eb51',
  Withdrawal: '0xdf273cb6',
}

describe("the TicketBroker's interface", () => {
  it('has the selectors of the deployed contract', () => {
    const own = ticketBrokerAbi.flatMap((item) =>
      item.type === 'function' ? [[item.name, toFunctionSelector(item)]] : [],
    )
    assert.deepEqual(Object.fromEntries(own), selectors)
  })

  it('has the topics of the deployed contract', () => {
    const own = ticketBrokerAbi.flatMap((item) =>
      item.type === 'event' && item.name in topics ? [[item.name, toEventSelector(item).slice(0, 10)]] : [],
    )
    assert.deepEqual(Object.fromEntries(own), topics)
  })
})
