import { join } from 'node:path'

import { temporaryFolder } from '../files/temporary-folder.ts'
import { itIsATicketStore } from './conformance.ts'

describe('a store in SQLite', () => {
  const folder = temporaryFolder()
  let number = 0
  const path = () => join(folder.path, 'store', `${++number}.sqlite3`)

  itIsATicketStore({ fresh: () => Promise.resolve(path()) })
})
