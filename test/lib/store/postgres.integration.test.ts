import { makeDatabase } from '../../helpers/postgres.ts'
import { itIsATicketStore } from './conformance.ts'

describe('a store in PostgreSQL', () => {
  itIsATicketStore({ fresh: makeDatabase })
})
