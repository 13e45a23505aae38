import type { Signer } from '../lib/account/signer.ts'
import { chooseAccount } from '../lib/config/choose-account.ts'
import type { Settings } from '../lib/config/settings.ts'
import { formatWei } from '../lib/units/wei.ts'
import { confirm } from './confirm.ts'
import { passwordReader } from './password.ts'

/** Asks before a transaction is replaced at a higher fee, and opens the key for it. */
export function raiseFeeBy(
  settings: Settings,
  yes: boolean,
): { signer: () => Promise<Signer>; limitWei: bigint } {
  const limitWei = settings.maxFeePerGasWei.value ?? 0n
  return {
    limitWei,
    signer: async () => {
      const account = await chooseAccount(settings)
      const question = `Replace it at up to ${formatWei(limitWei, 'gwei')} gwei a gas?`
      if (!yes) await confirm(question, { without: 'nothing was sent', nextStep: 'add --yes to replace it' })
      return account.openSigner(passwordReader(settings.passwordFile.value, account.label))
    },
  }
}
