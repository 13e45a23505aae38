import type { Network } from '../../../src/lib/chain/network.ts'
import type { Connection } from '../../../src/lib/contracts/connect.ts'
import { devnet, devnetContracts } from '../../../src/lib/devnet/network.ts'
import type { Round } from '../../../src/lib/rounds/read-round.ts'
import type { SenderState } from '../../../src/lib/sender/read-sender.ts'
import { gateway } from '../../helpers/sender-fixture.ts'

/** Round 1001, 1440 of its 5760 blocks old and initialised. */
export function makeRound(changes: Partial<Round> = {}): Round {
  return {
    current: 1001n,
    initialized: true,
    lastInitialized: 1001n,
    startBlock: 20_000_000n,
    length: 5760n,
    l1Block: 20_001_440n,
    ...changes,
  }
}

/** Locked, with 0.1 ETH of deposit and 0.36 ETH of reserve, before 100 orchestrators at 0.01 gwei. */
export function makeState({
  round,
  ...changes
}: Partial<Omit<SenderState, 'round'>> & { readonly round?: Partial<Round> } = {}): SenderState {
  return {
    address: gateway.address,
    depositWei: 10n ** 17n,
    reserveWei: 36n * 10n ** 16n,
    reserveClaimedInCurrentRoundWei: 0n,
    withdrawRound: 0n,
    unlockPeriod: 2n,
    poolSize: 100n,
    walletWei: 10n ** 18n,
    gasPriceWei: 10n ** 7n,
    ...changes,
    round: makeRound(round),
  }
}

/** A connection for what only plans: its RPC refuses. */
export function makeConnection(changes: { network?: Partial<Network>; paused?: boolean } = {}): Connection {
  const { TicketBroker, RoundsManager, BondingManager, Minter, ServiceRegistry } = devnetContracts
  return {
    network: { ...devnet, ...changes.network },
    rpc: {
      request: () => Promise.reject(new Error('a plan asks no RPC')),
      sendRawTransaction: () => Promise.reject(new Error('a plan sends nothing')),
      roundTrips: 0,
      close: () => undefined,
    },
    contracts: { TicketBroker, RoundsManager, BondingManager, Minter, ServiceRegistry },
    paused: changes.paused ?? false,
    chainKey: '31337-0123456789abcdef',
  }
}
