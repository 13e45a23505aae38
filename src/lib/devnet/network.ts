import type { Address } from 'viem'

import type { Network } from '../chain/network.ts'
import type { DevnetRules } from './rules.ts'

export const defaultDevnetPort = 8545

/** Where the snapshot holds its contracts: the order of deployment settles these addresses. */
export const devnetContracts = {
  Controller: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  LivepeerToken: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0',
  TicketBroker: '0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9',
  BondingManager: '0x0165878A594ca255338adfa4d48449f69242Eb8F',
  RoundsManager: '0x2279B7A0a67DB372996a5FaB50D91eAA73d2eBe6',
  ServiceRegistry: '0x610178dA211FEF7D417bC0e6FeD39F05609AD788',
  Minter: '0xB7f8BC63BbcaD18155201308C8f3540b07f84F5e',
  /** Deployed, but not what the RoundsManager uses until L1 blocks are emulated. */
  AdjustableRoundsManagerTarget: '0x0DCd1Bf9A1b36cE34237eEaFef220932846BCD82',
  /** Chainlink's ETH / USD, and its word on whether the sequencer runs. */
  RateFeed: '0x0B306BF915C4d645ff596e518fAf3F9669b97016',
  SequencerFeed: '0x959922bE3CAee4b8Cd9a407cc3ac1C251C2007B1',
} as const satisfies Record<string, Address>

/** The code behind the TicketBroker by either rules. Every devnet has both; its Controller names the one in use. */
export const ticketBrokerTargets: Readonly<Record<DevnetRules, Address>> = {
  2022: '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9',
  2026: '0x9A676e781A523b5d0C0e43731313A708CB607508',
}

/** A chain on this machine with the Livepeer contracts on it. */
export const devnet: Network = {
  name: 'devnet',
  chainId: 31_337,
  controller: devnetContracts.Controller,
  knownContracts: {
    TicketBroker: devnetContracts.TicketBroker,
    RoundsManager: devnetContracts.RoundsManager,
    BondingManager: devnetContracts.BondingManager,
    Minter: devnetContracts.Minter,
    ServiceRegistry: devnetContracts.ServiceRegistry,
  },
  feeds: { rate: devnetContracts.RateFeed, sequencer: devnetContracts.SequencerFeed },
  local: true,
  confirmations: 1,
}
