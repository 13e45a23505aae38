import { redemptionEventsAbi, senderEventsAbi } from './ticket-broker-events.ts'

const ticketComponents = [
  { type: 'address', name: 'recipient' },
  { type: 'address', name: 'sender' },
  { type: 'uint256', name: 'faceValue' },
  { type: 'uint256', name: 'winProb' },
  { type: 'uint256', name: 'senderNonce' },
  { type: 'bytes32', name: 'recipientRandHash' },
  { type: 'bytes', name: 'auxData' },
] as const

/** The part of TicketBroker's interface that lp-pay uses. */
export const ticketBrokerAbi = [
  { name: 'fundDeposit', type: 'function', stateMutability: 'payable', inputs: [], outputs: [] },
  { name: 'fundReserve', type: 'function', stateMutability: 'payable', inputs: [], outputs: [] },
  {
    name: 'fundDepositAndReserve',
    type: 'function',
    stateMutability: 'payable',
    inputs: [
      { type: 'uint256', name: 'depositAmount' },
      { type: 'uint256', name: 'reserveAmount' },
    ],
    outputs: [],
  },
  {
    name: 'fundDepositAndReserveFor',
    type: 'function',
    stateMutability: 'payable',
    inputs: [
      { type: 'address', name: 'addr' },
      { type: 'uint256', name: 'depositAmount' },
      { type: 'uint256', name: 'reserveAmount' },
    ],
    outputs: [],
  },
  { name: 'unlock', type: 'function', stateMutability: 'nonpayable', inputs: [], outputs: [] },
  { name: 'cancelUnlock', type: 'function', stateMutability: 'nonpayable', inputs: [], outputs: [] },
  { name: 'withdraw', type: 'function', stateMutability: 'nonpayable', inputs: [], outputs: [] },
  {
    name: 'getSenderInfo',
    type: 'function',
    stateMutability: 'view',
    inputs: [{ type: 'address', name: 'addr' }],
    outputs: [
      {
        type: 'tuple',
        name: 'sender',
        components: [
          { type: 'uint256', name: 'deposit' },
          { type: 'uint256', name: 'withdrawRound' },
        ],
      },
      {
        type: 'tuple',
        name: 'reserve',
        components: [
          { type: 'uint256', name: 'fundsRemaining' },
          { type: 'uint256', name: 'claimedInCurrentRound' },
        ],
      },
    ],
  },
  {
    name: 'claimableReserve',
    type: 'function',
    stateMutability: 'view',
    inputs: [
      { type: 'address', name: 'reserveHolder' },
      { type: 'address', name: 'claimant' },
    ],
    outputs: [{ type: 'uint256' }],
  },
  {
    name: 'claimedReserve',
    type: 'function',
    stateMutability: 'view',
    inputs: [
      { type: 'address', name: 'reserveHolder' },
      { type: 'address', name: 'claimant' },
    ],
    outputs: [{ type: 'uint256' }],
  },
  {
    name: 'unlockPeriod',
    type: 'function',
    stateMutability: 'view',
    inputs: [],
    outputs: [{ type: 'uint256' }],
  },
  {
    name: 'ticketValidityPeriod',
    type: 'function',
    stateMutability: 'view',
    inputs: [],
    outputs: [{ type: 'uint256' }],
  },
  {
    name: 'redeemWinningTicket',
    type: 'function',
    stateMutability: 'nonpayable',
    inputs: [
      { type: 'tuple', name: 'ticket', components: ticketComponents },
      { type: 'bytes', name: 'sig' },
      { type: 'uint256', name: 'recipientRand' },
    ],
    outputs: [],
  },
  {
    name: 'batchRedeemWinningTickets',
    type: 'function',
    stateMutability: 'nonpayable',
    inputs: [
      { type: 'tuple[]', name: 'tickets', components: ticketComponents },
      { type: 'bytes[]', name: 'sigs' },
      { type: 'uint256[]', name: 'recipientRands' },
    ],
    outputs: [],
  },
  {
    name: 'usedTickets',
    type: 'function',
    stateMutability: 'view',
    inputs: [{ type: 'bytes32', name: 'ticketHash' }],
    outputs: [{ type: 'bool' }],
  },
  {
    name: 'getTicketHash',
    type: 'function',
    stateMutability: 'view',
    inputs: [{ type: 'tuple', name: 'ticket', components: ticketComponents }],
    outputs: [{ type: 'bytes32' }],
  },
  ...senderEventsAbi,
  ...redemptionEventsAbi,
] as const
