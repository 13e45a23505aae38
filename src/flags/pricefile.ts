import * as Flags from '@oclif/core/flags'

/** The price file that a command reads or writes. */
export const priceFileFlag = {
  file: Flags.string({
    description: 'the price file; prices.yaml in the current folder when absent',
    default: 'prices.yaml',
    helpValue: 'PATH',
  }),
}
