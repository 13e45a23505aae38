import assert from 'node:assert/strict'

import { UsageError } from '../../../src/lib/errors.ts'
import {
  isPostgresUrl,
  parseStoreLocation,
  showStoreLocation,
} from '../../../src/lib/store/store-location.ts'

describe('the location of a store', () => {
  it('is a file or a database of PostgreSQL', () => {
    for (const where of ['tickets.db', '/a b/c', 'C:\\tickets.db', 'postgres.db']) {
      assert.equal(parseStoreLocation(where), where)
      assert.equal(isPostgresUrl(where), false)
      assert.equal(showStoreLocation(where), where)
    }
    for (const where of ['postgres://h/d', 'PostgreSQL://u:p@h:5433/d?sslmode=require']) {
      assert.equal(parseStoreLocation(where), where)
      assert.equal(isPostgresUrl(where), true)
    }
  })

  it('is shown without what may be secret', () => {
    assert.equal(showStoreLocation('postgres://u:p@h:5433/d?password=p'), 'postgres://h:5433')
  })

  for (const where of [
    '',
    ' ',
    'mysql://u:SECRET@h/d',
    'postgres://u:SECRET@h:port/d',
    'https://h/tickets.db',
  ]) {
    it(`is not ${JSON.stringify(where)}`, () => {
      assert.throws(
        () => parseStoreLocation(where),
        (error) =>
          error instanceof UsageError && error.code === 'STORE_INVALID' && !error.message.includes('SECRET'),
      )
    })
  }
})
