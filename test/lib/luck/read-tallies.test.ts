import assert from 'node:assert/strict'
import { Readable } from 'node:stream'

import { auditTallies } from '../../../src/lib/luck/audit-luck.ts'
import { readTallies } from '../../../src/lib/luck/read-tallies.ts'

const read = (text: string) => readTallies({ stream: Readable.from([Buffer.from(text)]) })

describe('tallies in CSV', () => {
  it('are read by the names of their columns, and added up by name', async () => {
    const groups = await read(
      '\ufeffwinners,name,winProb,tickets,note\r\n3,"one, two",1/150000,1500000,x\r\n1,b,0.5,2,\r\n0,b,1/3,5,\r\n',
    )
    const report = auditTallies(groups, 0.01)
    assert.deepEqual(
      report.groups.map(({ name, tickets, winners, finding }) => ({ name, tickets, winners, finding })),
      [
        { name: 'one, two', tickets: 1_500_000n, winners: 3n, finding: 'plausible' },
        { name: 'b', tickets: 7n, winners: 1n, finding: 'plausible' },
      ],
    )
    assert.equal(report.pooled.tickets, 1_500_007n)
  })

  const header = 'name,tickets,winProb,winners\n'
  for (const [text, message] of [
    ['', 'there are no tallies in it'],
    ['name,tickets,winners\n', 'the first line lacks winProb'],
    ['name,name,tickets,winProb,winners\n', 'it has name twice'],
    [`${header}a,2,1/2,3\n`, 'line 2: there are more winners than tickets'],
    [`${header}a,2,1/2,1\nb,-1,1/2,0\n`, 'line 3: tickets is not a whole number in digits'],
    [`${header}a,1,1/2,NaN\n`, 'line 2: winners is not a whole number in digits'],
    [
      `${header}a,1,3/2,0\n`,
      'line 2: winProb is not a win probability: write 1/1000, 0.001, or winProb as tickets have it',
    ],
    [`${header}a,1,1/2\n`, 'line 2: it has 3 columns, the header has 4'],
    [`${header},1,1/2,0\n`, 'line 2: a name has 1 to 100 characters'],
    [`${header}"a,1,1/2,0\n`, 'line 2: it is not a row of CSV'],
    [`${header}${'a'.repeat(70_000)},1,1/2,0\n`, 'line 2: it is longer than 64 KiB'],
  ] as const) {
    it(`are refused: ${message}`, async () => {
      await assert.rejects(read(text), { code: 'TALLIES_INVALID', message })
    })
  }

  it('are not read from where there are none', async () => {
    await assert.rejects(readTallies({ path: '/nowhere/tallies.csv' }), {
      code: 'TALLIES_UNREADABLE',
      message: '/nowhere/tallies.csv cannot be read',
    })
  })
})
