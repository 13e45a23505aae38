import type { Address } from 'viem'

import { findAccount } from '../account/keystore-folder.ts'
import { refuseWellKnownKey, localSigner } from '../account/signer.ts'
import type { Signer } from '../account/signer.ts'
import type { Network } from '../chain/network.ts'
import { devnetAccounts } from '../devnet/accounts.ts'
import { ConfigurationError } from '../errors.ts'
import { closest } from '../text/closest.ts'
import type { Settings } from './settings.ts'

export interface ChosenAccount {
  readonly address: Address
  /** The name of a devnet account, else the address. */
  readonly label: string
  /** Asks for the password only when the key is locked by one. */
  openSigner(readPassword: () => Promise<string>): Promise<Signer>
}

/**
 * The account that settings name, with its key.
 *
 * @throws {ConfigurationError} ACCOUNT_UNKNOWN, ACCOUNT_MISSING, ACCOUNT_AMBIGUOUS
 * @throws {PreconditionError} WELL_KNOWN_KEY
 */
export async function chooseAccount(settings: Settings): Promise<ChosenAccount> {
  const builtIn = devnetAccount(settings.account.value, settings.network.value)
  if (builtIn !== undefined) {
    const { address, name, privateKey } = builtIn
    return { address, label: name, openSigner: () => localSigner(privateKey) }
  }
  const { account, keystoreFolder, network } = settings
  const keystore = await findAccount(keystoreFolder.value, addressOf(account.value))
  refuseWellKnownKey(keystore.address, network.value)
  return {
    address: keystore.address,
    label: keystore.address,
    openSigner: async (readPassword) => {
      const { openAccount } = await import('../account/open-account.ts')
      return openAccount(keystore, await readPassword())
    },
  }
}

/** The address that settings name; its key need not be here. */
export async function chooseAddress(settings: Settings): Promise<Address> {
  return (
    namedAddress(settings.account.value, settings.network.value) ??
    (await findAccount(settings.keystoreFolder.value)).address
  )
}

/**
 * The address that a setting names, if it names one. The name of an account that is none on this network is refused;
 * an address is taken, as its key may be elsewhere.
 *
 * @throws {ConfigurationError} ACCOUNT_UNKNOWN
 */
export function namedAddress(account: string | undefined, network: Network): Address | undefined {
  return devnetAccount(account, network)?.address ?? addressOf(account)
}

/** The devnet account of a name or an address, on a chain on this machine. */
export function devnetAccount(account: string | undefined, network: Network) {
  if (!network.local) return undefined
  const wanted = account?.toLowerCase()
  return devnetAccounts.find(({ name, address }) => name === wanted || address.toLowerCase() === wanted)
}

function addressOf(account: string | undefined): Address | undefined {
  if (account === undefined || account.startsWith('0x')) return account as Address | undefined
  const names = devnetAccounts.map(({ name }) => name)
  const like = closest(account, names)
  throw new ConfigurationError('ACCOUNT_UNKNOWN', `there is no account "${account}" on this network`, {
    details: { account },
    nextSteps: [
      like === undefined
        ? 'name an account by its address: lp-pay account list'
        : `did you mean ${like}, with --network devnet?`,
    ],
  })
}
