import assert from 'node:assert/strict'

import { parseEther } from 'viem'

import { useTestDevnet } from '../../helpers/devnet.ts'
import { check, checkSender, fund, resultsOf, sender, unlock } from './on-devnet.ts'

describe("checks of a sender's account", () => {
  const devnet = useTestDevnet()

  for (const name of ['deposit-at-least', 'reserve-at-least'] as const) {
    it(`${name} compares to the wei`, async () => {
      await fund(devnet, '0.05', '0.05')
      assert.deepEqual(await checkSender(devnet, name, '0.05'), {
        subject: sender,
        status: 'passed',
        value: { wei: parseEther('0.05') },
        limit: { wei: parseEther('0.05') },
        explanation: '',
      })
      assert.deepEqual(await checkSender(devnet, name, '0.050000000000000001'), {
        subject: sender,
        status: 'failed',
        value: { wei: parseEther('0.05') },
        limit: { wei: parseEther('0.050000000000000001') },
        explanation: '0.000000000000000001 ETH short',
      })
    })
  }

  it('tells the deposit from the reserve', async () => {
    await fund(devnet, '0.1', '0.2')
    assert.equal((await checkSender(devnet, 'deposit-at-least', '0.15'))?.status, 'failed')
    assert.equal((await checkSender(devnet, 'reserve-at-least', '0.15'))?.status, 'passed')
  })

  it('takes zero as a limit', async () => {
    assert.equal((await checkSender(devnet, 'deposit-at-least', '0'))?.status, 'passed')
  })

  it('wallet-at-least looks at the wallet', async () => {
    await devnet.rpc('anvil_setBalance', [sender, `0x${parseEther('0.009').toString(16)}`])
    assert.equal((await checkSender(devnet, 'wallet-at-least', '0.009'))?.status, 'passed')
    assert.deepEqual(await checkSender(devnet, 'wallet-at-least', '0.01'), {
      subject: sender,
      status: 'failed',
      value: { wei: parseEther('0.009') },
      limit: { wei: parseEther('0.01') },
      explanation: '0.001 ETH short',
    })
  })

  it('not-unlocking fails from the unlock on until it is taken back', async () => {
    await fund(devnet, '0.1', '0.1')
    const found = async () => {
      const { status, value, limit, explanation } = (await checkSender(devnet, 'not-unlocking', true)) ?? {}
      return [status, value, limit, explanation]
    }
    assert.deepEqual(await found(), ['passed', { text: 'locked' }, null, ''])
    await unlock(devnet)
    const why = 'everything can be withdrawn from round 1003 on'
    assert.deepEqual(await found(), ['failed', { text: 'unlocking' }, null, why])
    await devnet.advance(2)
    assert.deepEqual(await found(), ['failed', { text: 'unlocked' }, null, why])
    await fund(devnet, '0.1', '0')
    assert.deepEqual(await found(), ['passed', { text: 'locked' }, null, ''])
  })

  it('not-unlocking passes for an account with nothing in it', async () => {
    assert.deepEqual((await checkSender(devnet, 'not-unlocking', true))?.value, { text: 'empty' })
    assert.equal((await checkSender(devnet, 'not-unlocking', true))?.status, 'passed')
  })

  it('accepted-at-ev judges as an orchestrator with that ticket EV', async () => {
    await fund(devnet, '0.5', '0.0003')
    assert.deepEqual(await checkSender(devnet, 'accepted-at-ev', '8gwei'), {
      subject: sender,
      status: 'passed',
      value: { text: 'accepted' },
      limit: { wei: 8_000_000_000n },
      explanation: 'with tickets of 0.0001 ETH',
    })
    const { status, value, explanation } = (await checkSender(devnet, 'accepted-at-ev', '0.2')) ?? {}
    assert.deepEqual([status, value], ['failed', { text: 'refused' }])
    assert.match(explanation ?? '', /^the reserve gives one orchestrator 0\.0001 ETH, .* asks for 0\.2/)
  })

  it('accepted-at-ev gives every reason', async () => {
    assert.deepEqual(
      (await checkSender(devnet, 'accepted-at-ev', '8gwei'))?.explanation,
      'there is no deposit; there is no reserve',
    )
  })

  it('reports all at once, in the order of the registry', async () => {
    await fund(devnet, '0.1', '0.02')
    const report = await check({
      urls: [devnet.rpcUrl],
      asked: { 'wallet-at-least': '1', 'reserve-at-least': '0.36', 'deposit-at-least': '0.05' },
    })
    const { checks, ...rest } = report
    assert.deepEqual(rest, { network: 'devnet', address: sender, passed: 6, failed: 1, skipped: 0 })
    assert.deepEqual(
      checks.map(({ name }) => name),
      [
        'rpc-reachable',
        'right-chain',
        'protocol-not-paused',
        'round-initialised',
        'deposit-at-least',
        'reserve-at-least',
        'wallet-at-least',
      ],
    )
    assert.equal(resultsOf(report, 'reserve-at-least')[0]?.status, 'failed')
  })
})
