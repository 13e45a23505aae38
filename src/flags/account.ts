import * as Flags from '@oclif/core/flags'

/** Which key, and how it is opened. The values are read with the other settings. */
export const accountFlags = {
  account: Flags.string({
    description: 'account to use: an address, or a name on the devnet [LP_PAY_ACCOUNT]',
    helpGroup: 'ACCOUNT',
    helpValue: 'ADDRESS',
  }),
  keystore: Flags.string({
    description: "folder of keystores, geth's or go-livepeer's too [LP_PAY_KEYSTORE]",
    helpGroup: 'ACCOUNT',
    helpValue: 'FOLDER',
  }),
  'password-file': Flags.string({
    description: 'file with the password; - reads standard input [LP_PAY_PASSWORD_FILE]',
    helpGroup: 'ACCOUNT',
    helpValue: 'FILE',
  }),
}
