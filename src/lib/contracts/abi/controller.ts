/** The part of Controller's interface that lp-pay uses. */
export const controllerAbi = [
  {
    name: 'getContract',
    type: 'function',
    stateMutability: 'view',
    inputs: [{ type: 'bytes32', name: 'id' }],
    outputs: [{ type: 'address' }],
  },
  { name: 'paused', type: 'function', stateMutability: 'view', inputs: [], outputs: [{ type: 'bool' }] },
] as const
