import assert from 'node:assert/strict'

import { localSigner } from '../../../src/lib/account/signer.ts'
import { findFreePort } from '../../../src/lib/devnet/free-port.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { askOrchestrator } from '../../../src/lib/orchestrator/ask-orchestrator.ts'
import { parseServiceUri } from '../../../src/lib/orchestrator/service-uri.ts'
import { signRequest } from '../../../src/lib/orchestrator/sign-request.ts'
import { rational } from '../../../src/lib/pm/rational.ts'
import { hexBytes, minimalBytes } from '../../../src/lib/wire/bytes.ts'
import { startOrchestrator } from '../../helpers/orchestrator-server.ts'
import type { Behaviour, TestOrchestrator } from '../../helpers/orchestrator-server.ts'

const key = `0x${'1'.padStart(64, '0')}` as const
const recipient = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'
const price = { pricePerUnit: 1212n, pixelsPerUnit: 1n }
const ticketParams = {
  recipient: hexBytes(recipient),
  faceValue: minimalBytes(12n * 10n ** 14n),
  winProb: minimalBytes(2n ** 240n),
  expirationBlock: minimalBytes(20_000_040n),
}

describe('signRequest', () => {
  it('signs as go-livepeer does', async () => {
    assert.deepEqual(await signRequest(await localSigner(key)), {
      address: '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf',
      sig: '0x2e05f5b96d0c24dde6256c43b4dd51d50979d8a650510a52b1317a95e9eda00d3d716748cd06e78360e29fdfe091e0c6c5a3d7ae1fb408d0b746ebdd9fa6382a1c',
    })
  })
})

describe('parseServiceUri', () => {
  it('adds the port of orchestrators, and keeps another', () => {
    assert.equal(parseServiceUri('https://o.example/'), 'https://o.example:8935')
    assert.equal(parseServiceUri('https://o.example:443'), 'https://o.example:443')
    assert.equal(parseServiceUri('https://[::1]'), 'https://[::1]:8935')
  })

  for (const text of [
    '',
    'o.example:8935',
    'http://o.example',
    'https://u:p@o.example',
    'https://o.example/x?k',
    'https://o:99999',
  ]) {
    it(`refuses "${text}" without repeating it`, () => {
      assert.throws(() => parseServiceUri(text), {
        code: 'SERVICE_URI_INVALID',
        message: 'this is not the service URI of an orchestrator',
      })
    })
  }
})

describe('askOrchestrator', () => {
  let server: TestOrchestrator | undefined
  const stop = async () => {
    await server?.stop()
    server = undefined
  }
  afterEach(stop)

  async function ask(behaviour: Behaviour, changes: { sig?: `0x${string}` } = {}) {
    await stop()
    server = await startOrchestrator(behaviour)
    const request = await signRequest(await localSigner(key))
    return askOrchestrator(server.url, { ...request, ...changes }, { timeoutMs: 1000 })
  }

  /** The code and the message of a refusal, with the port taken out. */
  async function refusal(behaviour: Behaviour, changes: { sig?: `0x${string}` } = {}) {
    try {
      await ask(behaviour, changes)
    } catch (error) {
      assert.ok(error instanceof LpPayError, String(error))
      return [error.code, error.message.replaceAll(server?.url ?? '', 'O')]
    }
    return undefined
  }

  it('reads prices and ticket parameters, with texts that are clean', async () => {
    const answer = await ask({
      transcoder: 'https://o.example:8935\u001b[2J',
      priceInfo: price,
      ticketParams,
      address: hexBytes(recipient),
      capabilitiesPrices: [{ capability: 27, constraint: 'a/b\u202e', pricePerUnit: 5n, pixelsPerUnit: 2n }],
    })
    assert.deepEqual(answer, {
      serviceUri: 'https://o.example:8935',
      address: recipient,
      price: rational(1212n),
      capabilities: [{ capability: 27, model: 'a/b', price: rational(5n, 2n) }],
      ticketParams: {
        recipient,
        faceValue: 12n * 10n ** 14n,
        winProb: 2n ** 240n,
        expirationBlock: 20_000_040n,
      },
    })
    assert.deepEqual(server?.askers, ['0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf'])
  })

  it('takes an answer without price and without tickets', async () => {
    assert.deepEqual(await ask({}), {
      serviceUri: '',
      address: undefined,
      price: undefined,
      capabilities: [],
      ticketParams: undefined,
    })
  })

  it('refuses prices that are none', async () => {
    assert.deepEqual(await refusal({ priceInfo: { pricePerUnit: -1n, pixelsPerUnit: 1n } }), [
      'ORCHESTRATOR_ANSWER_INVALID',
      'the answer of O is invalid: price_info.pricePerUnit is negative or above int64',
    ])
    assert.deepEqual(await refusal({ priceInfo: { pricePerUnit: 1n, pixelsPerUnit: 0n } }), [
      'ORCHESTRATOR_ANSWER_INVALID',
      'the answer of O is invalid: price_info.pixelsPerUnit is not above zero',
    ])
  })

  it('refuses ticket parameters of the wrong size', async () => {
    assert.deepEqual(await refusal({ ticketParams: { ...ticketParams, recipient: new Uint8Array(19) } }), [
      'ORCHESTRATOR_ANSWER_INVALID',
      'the answer of O is invalid: ticket_params.recipient is not 20 bytes',
    ])
    assert.deepEqual(await refusal({ ticketParams: { ...ticketParams, winProb: new Uint8Array(33) } }), [
      'ORCHESTRATOR_ANSWER_INVALID',
      'the answer of O is invalid: ticket_params.win_prob has more than 256 bits',
    ])
  })

  it("gives the orchestrator's own words when it refuses, cleaned", async () => {
    assert.deepEqual(await refusal({ refuses: 'insufficient sender reserve\u001b[31m' }), [
      'ORCHESTRATOR_REFUSED',
      'O refuses: insufficient sender reserve',
    ])
    assert.deepEqual(await refusal({}, { sig: `0x${'11'.repeat(65)}` }), [
      'ORCHESTRATOR_REFUSED',
      'O refuses: authentication failed',
    ])
  })

  it('waits no longer than it is told', async () => {
    assert.deepEqual(await refusal('hangs'), ['ORCHESTRATOR_UNREACHABLE', 'O did not answer in time'])
  })

  it('survives nonsense and more than it can hold', async () => {
    for (const sends of [
      Buffer.from('nonsense'),
      Buffer.from([0, 0, 0, 0, 2, 0x0b, 0xff]),
      Buffer.from([0, 0xff, 0xff, 0xff, 0xff]),
      Buffer.alloc(0),
    ]) {
      const [code] = (await refusal({ sends })) ?? []
      assert.ok(code === 'ORCHESTRATOR_ANSWER_INVALID' || code === 'ORCHESTRATOR_UNREACHABLE', code)
    }
  })

  it('says that nobody is there', async () => {
    const url = `https://127.0.0.1:${String(await findFreePort())}`
    const request = await signRequest(await localSigner(key))
    await assert.rejects(askOrchestrator(url, request), { code: 'ORCHESTRATOR_UNREACHABLE', exitCode: 9 })
  })
})
