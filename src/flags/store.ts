import * as Flags from '@oclif/core/flags'

/** Where the tickets are. The value is read with the other settings. */
export const storeFlags = {
  store: Flags.string({
    description: 'where tickets are kept: a file, or a database of PostgreSQL [LP_PAY_STORE]',
    helpGroup: 'STORE',
    helpValue: 'FILE|URL',
  }),
}
