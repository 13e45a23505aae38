import * as Flags from '@oclif/core/flags'

import { registry } from '../lib/checks/registry.ts'

const helpGroup = 'CHECK'

/** A flag for every check that can be asked for. The limits are parsed with those of files. */
export const checkFlags = Object.fromEntries(
  registry
    .filter(({ form }) => form !== 'always')
    .map(({ name, description, form, placeholder = 'VALUE' }) => [
      name,
      form === 'switch'
        ? Flags.boolean({ description, helpGroup })
        : Flags.string({ description, helpGroup, helpValue: placeholder }),
    ]),
)
