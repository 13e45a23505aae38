import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type { Address } from 'viem'

import { parseAddress } from '../lib/account/address.ts'

const parse = (text: string) => Promise.resolve(parseAddress(text))

export const addressFlag = Flags.custom<Address>({ helpValue: 'ADDRESS', parse })
export const addressArg = Args.custom<Address>({ ignoreStdin: true, parse })
