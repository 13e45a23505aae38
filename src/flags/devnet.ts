import { defaultDevnetPort } from '../lib/devnet/network.ts'
import { wholeNumberFlag } from './whole-number.ts'

export const portFlag = wholeNumberFlag({
  description: "the devnet's port on this machine",
  default: defaultDevnetPort,
  helpValue: 'PORT',
})
