/** The part of BondingManager's interface that lp-pay uses. */
export const bondingManagerAbi = [
  {
    name: 'getTranscoderPoolMaxSize',
    type: 'function',
    stateMutability: 'view',
    inputs: [],
    outputs: [{ type: 'uint256' }],
  },
  {
    name: 'getTranscoderPoolSize',
    type: 'function',
    stateMutability: 'view',
    inputs: [],
    outputs: [{ type: 'uint256' }],
  },
  {
    name: 'isActiveTranscoder',
    type: 'function',
    stateMutability: 'view',
    inputs: [{ type: 'address', name: 'transcoder' }],
    outputs: [{ type: 'bool' }],
  },
  {
    name: 'getTranscoder',
    type: 'function',
    stateMutability: 'view',
    inputs: [{ type: 'address', name: 'transcoder' }],
    outputs: [
      { type: 'uint256', name: 'lastRewardRound' },
      { type: 'uint256', name: 'rewardCut' },
      { type: 'uint256', name: 'feeShare' },
      { type: 'uint256', name: 'lastActiveStakeUpdateRound' },
      { type: 'uint256', name: 'activationRound' },
      { type: 'uint256', name: 'deactivationRound' },
      { type: 'uint256', name: 'activeCumulativeRewards' },
      { type: 'uint256', name: 'cumulativeRewards' },
      { type: 'uint256', name: 'cumulativeFees' },
      { type: 'uint256', name: 'lastFeeRound' },
    ],
  },
  {
    name: 'pendingFees',
    type: 'function',
    stateMutability: 'view',
    inputs: [
      { type: 'address', name: 'delegator' },
      { type: 'uint256', name: 'endRound' },
    ],
    outputs: [{ type: 'uint256' }],
  },
  {
    name: 'withdrawFees',
    type: 'function',
    stateMutability: 'nonpayable',
    inputs: [
      { type: 'address', name: 'recipient' },
      { type: 'uint256', name: 'amount' },
    ],
    outputs: [],
  },
] as const
