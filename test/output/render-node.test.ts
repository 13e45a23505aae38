import assert from 'node:assert/strict'

import type { NodeApplication } from '../../src/lib/node/apply-plan.ts'
import { renderApplication } from '../../src/output/render-node.ts'

describe('an application in words', () => {
  const application: NodeApplication = {
    file: 'prices.yaml',
    node: 'http://127.0.0.1:7935',
    side: 'orchestrator',
    rate: null,
    values: [
      {
        path: 'orchestrator.maxFaceValue',
        what: 'maxFaceValue',
        state: 'notReadable',
        file: '0.01eth',
        fileWei: { numerator: 10n ** 16n, denominator: 1n },
        nodeWei: null,
        unit: 'ticket',
        outcome: 'untouched',
        reason: null,
      },
    ],
    startFlags: [],
  }

  it('counts nothing that was sent before', () => {
    assert.equal(
      renderApplication(application),
      'nothing to do: http://127.0.0.1:7935 holds what prices.yaml says',
    )
  })

  it('says why a value was not taken', () => {
    const values = application.values.map((value) => ({
      ...value,
      outcome: 'failed' as const,
      reason: 'http://127.0.0.1:7935 refused: no\u001b[2J',
    }))
    assert.equal(
      renderApplication({ ...application, values }),
      [
        'http://127.0.0.1:7935, an orchestrator',
        '                      file',
        'failed  maxFaceValue  0.01eth  10000000000000000 wei/ticket  http://127.0.0.1:7935 refused: no',
        '',
        '0 of 1 value applied',
      ].join('\n'),
    )
  })
})
