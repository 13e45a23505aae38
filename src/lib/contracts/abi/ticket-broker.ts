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
    name: 'DepositFunded',
    type: 'event',
    inputs: [
      { type: 'address', name: 'sender', indexed: true },
      { type: 'uint256', name: 'amount' },
    ],
  },
  {
    name: 'ReserveFunded',
    type: 'event',
    inputs: [
      { type: 'address', name: 'reserveHolder', indexed: true },
      { type: 'uint256', name: 'amount' },
    ],
  },
  {
    name: 'Unlock',
    type: 'event',
    inputs: [
      { type: 'address', name: 'sender', indexed: true },
      { type: 'uint256', name: 'startRound' },
      { type: 'uint256', name: 'endRound' },
    ],
  },
  { name: 'UnlockCancelled', type: 'event', inputs: [{ type: 'address', name: 'sender', indexed: true }] },
  {
    name: 'Withdrawal',
    type: 'event',
    inputs: [
      { type: 'address', name: 'sender', indexed: true },
      { type: 'uint256', name: 'deposit' },
      { type: 'uint256', name: 'reserve' },
    ],
  },
] as const
