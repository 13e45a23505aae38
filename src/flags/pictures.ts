import * as Flags from '@oclif/core/flags'

import { UsageError } from '../lib/errors.ts'

const helpGroup = 'PICTURES'

/** The name of a file that may be replaced: its end says that it is none that somebody needs for something else. */
function pictureFile(flag: string, end: string) {
  return Flags.custom({
    helpGroup,
    helpValue: `FILE${end}`,
    parse(text) {
      if (text.toLowerCase().endsWith(end)) return Promise.resolve(text)
      throw new UsageError('FILE_NAME_INVALID', `the name of what --${flag} writes ends with ${end}`, {
        nextSteps: [`--${flag} simulation${end}`],
      })
    },
  })
}

/** How what was simulated is shown, beside its tables. */
export const pictureFlags = {
  'no-chart': Flags.boolean({ description: 'draw no chart below the tables', helpGroup }),
  report: pictureFile(
    'report',
    '.html',
  )({ description: 'write tables and charts as one page, which needs no network' }),
  svg: pictureFile('svg', '.svg')({ description: 'write the first chart as a picture' }),
}

export interface PictureFlags {
  readonly 'no-chart': boolean
  readonly report?: string | undefined
  readonly svg?: string | undefined
}
