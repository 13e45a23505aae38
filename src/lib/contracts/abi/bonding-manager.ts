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
] as const
