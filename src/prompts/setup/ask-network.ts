import { parseAddress } from '../../lib/account/address.ts'
import { arbitrumOne } from '../../lib/chain/network.ts'
import type { Network } from '../../lib/chain/network.ts'
import { findNetwork, toNetwork } from '../../lib/config/networks.ts'
import { parseChainId, requireNetworkName } from '../../lib/config/setup.ts'
import type { SetupDraft } from '../../lib/config/setup.ts'
import type { ConfigFile } from '../../lib/config/settings.ts'
import { devnet } from '../../lib/devnet/network.ts'
import { questions } from './setup-conversation.ts'

/** Asks which network, and what it is if it is not known. */
export async function askNetwork(file: ConfigFile, proposed: SetupDraft['network']): Promise<Network> {
  const known = Object.keys(file.networks)
  const described = proposed !== undefined && !known.includes(proposed.name) ? [proposed.name] : []
  const own = [...known, ...described].filter((name) => name !== arbitrumOne.name && name !== devnet.name)
  const name = await questions.choice<string | null>(
    'Network',
    [
      { name: `${arbitrumOne.name}: Livepeer's contracts on Arbitrum One`, value: arbitrumOne.name },
      { name: `${devnet.name}: a chain on this machine, from lp-pay devnet up`, value: devnet.name },
      ...own.map((name) => ({ name: `${name}: a network of your own`, value: name })),
      { name: 'another chain, by its chain id and its Controller', value: null },
    ],
    proposed?.name,
  )
  if (name === null) return describeNetwork(file)
  return name === proposed?.name ? proposed : findNetwork(name, file)
}

async function describeNetwork(file: ConfigFile): Promise<Network> {
  const name = await questions.text({ message: 'Name for the network', check: requireNetworkName })
  const known = Object.hasOwn(file.networks, name) ? file.networks[name] : undefined
  const chainId = await questions.text({
    message: 'Chain id',
    proposal: known && String(known.chainId),
    check: parseChainId,
  })
  const controller = await questions.text({
    message: "Address of Livepeer's Controller there",
    proposal: known?.controller,
    check: parseAddress,
  })
  return toNetwork(name, {
    ...known,
    chainId: parseChainId(chainId),
    controller: parseAddress(controller),
  })
}
