import assert from 'node:assert/strict'

import { Ajv } from 'ajv'
import { parse } from 'yaml'

import { describePriceFile } from '../../scripts/docs/price-file-schema.ts'

describe('the schema of the price file', () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(describePriceFile())
  const takes = (text: string) => validate(parse(text))

  it('takes what lp-pay takes', () => {
    for (const text of [
      'orchestrator:\ngateway:',
      'orchestrator:\n  transcoding: 0.41USD/1e12pixels\n  gateways:\n    "0x70997970C51812dc3A010C7d01b50e0d17dc79C8": 1wei/pixel',
      'orchestrator:\n  capabilities:\n    - pipeline: llm\n      model: a/b\n      price: 1 gwei / token\n  ticketEv: 8gwei\n  maxFaceValue: 0\n  autoAdjustPrice: false',
      'gateway:\n  maxPrice: 2000wei/pixel\n  maxTicketEv: 3000gwei\n  maxTotalEv: 0.1eth\n  depositMultiplier: 1',
    ]) {
      assert.ok(takes(text), `${text}\n${JSON.stringify(validate.errors)}`)
    }
  })

  it('refuses what it refuses', () => {
    for (const text of [
      'orchestrater: {}',
      'gateway: {ticketEv: 8gwei}',
      'orchestrator: {ticketEv: 8}',
      'orchestrator: {transcoding: 100}',
      'gateway: {maxPrice: 1e12wei}',
      'gateway: {capabilities: [{pipeline: llm}]}',
      'gateway: {depositMultiplier: 1.5}',
    ]) {
      assert.ok(!takes(text), text)
    }
  })
})
