import { arbitrumOne } from '../chain/network.ts'
import type { Network } from '../chain/network.ts'
import { devnet } from '../devnet/network.ts'
import { ConfigurationError } from '../errors.ts'
import { closest } from '../text/closest.ts'
import type { ConfigFile, CustomNetwork } from './settings.ts'

/** The networks that need no description. */
export const builtInNetworks: readonly Network[] = [arbitrumOne, devnet]

/**
 * A network by its name: a built-in one, or one that the file describes.
 *
 * @throws {ConfigurationError} NETWORK_UNKNOWN
 */
export function findNetwork(name: string, file: Pick<ConfigFile, 'networks'>): Network {
  const builtIn = builtInNetworks.find((network) => network.name === name)
  if (builtIn !== undefined) return builtIn
  const custom = Object.hasOwn(file.networks, name) ? file.networks[name] : undefined
  if (custom !== undefined) return toNetwork(name, custom)
  const names = [...builtInNetworks.map((network) => network.name), ...Object.keys(file.networks)]
  const like = closest(name, names)
  throw new ConfigurationError('NETWORK_UNKNOWN', `there is no network "${name}"`, {
    details: { network: name, networks: names },
    nextSteps: [
      like === undefined ? `choose one of: ${names.join(', ')}` : `did you mean --network ${like}?`,
    ],
  })
}

/** A network as the user describes it. */
export function toNetwork(name: string, { chainId, controller, local = false }: CustomNetwork): Network {
  return { name, chainId, controller, local, confirmations: local ? 1 : arbitrumOne.confirmations }
}
