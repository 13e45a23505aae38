/** What the TicketBroker says of a sender's deposit and reserve. */
export const senderEventsAbi = [
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

/** What the TicketBroker says of a redemption. */
export const redemptionEventsAbi = [
  {
    name: 'WinningTicketTransfer',
    type: 'event',
    inputs: [
      { type: 'address', name: 'sender', indexed: true },
      { type: 'address', name: 'recipient', indexed: true },
      { type: 'uint256', name: 'amount' },
    ],
  },
  {
    name: 'WinningTicketRedeemed',
    type: 'event',
    inputs: [
      { type: 'address', name: 'sender', indexed: true },
      { type: 'address', name: 'recipient', indexed: true },
      { type: 'uint256', name: 'faceValue' },
      { type: 'uint256', name: 'winProb' },
      { type: 'uint256', name: 'senderNonce' },
      { type: 'uint256', name: 'recipientRand' },
      { type: 'bytes', name: 'auxData' },
    ],
  },
  {
    name: 'ReserveClaimed',
    type: 'event',
    inputs: [
      { type: 'address', name: 'reserveHolder', indexed: true },
      { type: 'address', name: 'claimant' },
      { type: 'uint256', name: 'amount' },
    ],
  },
] as const
