import type { Address } from 'viem'

import { findAccount } from '../account/keystore-folder.ts'
import { refuseWellKnownKey, localSigner } from '../account/signer.ts'
import type { Signer } from '../account/signer.ts'
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
  const builtIn = devnetAccount(settings)
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
  const builtIn = devnetAccount(settings)
  if (builtIn !== undefined) return builtIn.address
  return addressOf(settings.account.value) ?? (await findAccount(settings.keystoreFolder.value)).address
}

function devnetAccount({ account, network }: Settings) {
  if (!network.value.local) return undefined
  const wanted = account.value?.toLowerCase()
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
