import type { Address } from 'viem'

export const contractNames = [
  'TicketBroker',
  'RoundsManager',
  'BondingManager',
  'Minter',
  'ServiceRegistry',
] as const
export type ContractName = (typeof contractNames)[number]

/** A chain with the Livepeer contracts on it. */
export interface Network {
  readonly name: string
  readonly chainId: number
  readonly controller: Address
  /** Addresses that the Controller must confirm. */
  readonly knownContracts?: Partial<Record<ContractName, Address>>
  /** Chainlink's feed of ETH in USD and, on a rollup, its word on whether the sequencer runs. */
  readonly feeds?: { readonly rate: Address; readonly sequencer?: Address }
  /** A chain on this machine: well-known keys are allowed there, and nowhere else. */
  readonly local: boolean
  /** Confirmations waited for when nothing else is asked. */
  readonly confirmations: number
  readonly explorer?: string
}

export const arbitrumOne: Network = {
  name: 'arbitrum-one-mainnet',
  chainId: 42_161,
  controller: '0xD8E8328501E9645d16Cf49539efC04f734606ee4',
  knownContracts: {
    TicketBroker: '0xa8bB618B1520E284046F3dFc448851A1Ff26e41B',
    RoundsManager: '0xdd6f56DcC28D3F5f27084381fE8Df634985cc39f',
    BondingManager: '0x35Bcf3c30594191d53231E4FF333E8A770453e40',
    Minter: '0xc20DE37170B45774e6CD3d2304017fc962f27252',
    ServiceRegistry: '0xC92d3A360b8f9e083bA64DE15d95Cf8180897431',
  },
  feeds: {
    rate: '0x639Fe6ab55C921f74e7fac1ee960C0B6293ba612',
    sequencer: '0xFdB631F5EE196F0ed6FAa767959853A9F217697D',
  },
  local: false,
  confirmations: 3,
  explorer: 'https://arbiscan.io',
}
