import assert from 'node:assert/strict'

import { parseWei } from '../../src/lib/units/wei.ts'
import { gateway, otherGateway } from '../helpers/sender-fixture.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import { fund } from '../lib/sender/on-chain.ts'

describe('params', () => {
  const cli = useDevnetCli()

  it('shows the offer, every check and the gas prices of a sender who is accepted', async () => {
    await fund(cli.chain, parseWei('0.1'), parseWei('0.036'))
    const words = 'params --gas-price 0.01gwei --price 1200wei/pixel --check'
    const { stdout, stderr, code } = await cli.run(words)
    assert.deepEqual([code, stderr], [0, ''])
    assert.deepEqual(stdout.split('\n'), [
      'network    devnet',
      `sender     ${gateway.address}`,
      'deposit    0.1 ETH',
      'reserve    0.036 ETH',
      'claimable  0.012 ETH by each of 3 orchestrators',
      'gas price  0.01 gwei, supposed',
      '',
      'face value  0.0012 ETH, bound by 100 redemptions at this gas price',
      'ticket EV   8 gwei',
      'wins        1 in 150,000',
      'redeeming   0.000012 ETH',
      'overhead    1 %',
      'price       1200 wei a pixel, told as 1212 wei',
      '',
      'ok  orchestrator  senderUnlock       the sender is not about to withdraw',
      'ok  orchestrator  ticketEv           the face value is at least the ticket EV of 0.000000008 ETH',
      'ok  orchestrator  txCost             a face value of 0.0012 ETH is worth redeeming for 0.000012 ETH',
      ...stdout.split('\n').slice(17, 19),
      'ok  gateway       ev                 a ticket is worth 8000000000.00000 wei',
      'ok  gateway       faceValueAboveEv   the face value is above the EV',
      'ok  gateway       maxTicketEv        the EV is at most 3000000000000 wei',
      'ok  gateway       unlock             deposit and reserve do not unlock soon',
      'ok  gateway       reserve            there is a reserve',
      'ok  gateway       deposit            there is a deposit',
      'ok  gateway       maxTotalEv         all tickets are worth at most 20000000000000 wei',
      'ok  gateway       depositMultiplier  the deposit covers the face value',
      '',
      'gas price         face value  wins            overhead',
      '0.01 gwei  x1     0.0012 ETH  1 in 150,000    1 %       accepted',
      '0.02 gwei  x2     0.0024 ETH  1 in 300,000    1 %       accepted',
      '0.05 gwei  x5     0.006 ETH   1 in 750,000    1 %       accepted',
      '0.1 gwei   x10    0.012 ETH   1 in 1,500,000  1 %       accepted',
      '0.2 gwei   x20    0.012 ETH   1 in 1,500,000  2 %       accepted',
      '0.5 gwei   x50    0.012 ETH   1 in 1,500,000  5 %       accepted',
      '1 gwei     x100   0.012 ETH   1 in 1,500,000  10 %      accepted',
      '2 gwei     x200   0.012 ETH   1 in 1,500,000  20 %      accepted',
      '5 gwei     x500   0.012 ETH   1 in 1,500,000  50 %      accepted',
      '10 gwei    x1000  0.012 ETH   1 in 1,500,000  100 %     accepted',
      'no gas price above this one is a reason to refuse',
      '',
      'orchestrators accept this sender',
      '',
    ])
  })

  it('says why a sender is refused, and what it lacks to the wei', async () => {
    await fund(cli.chain, 1n, parseWei('0.000003'))
    const { result } = await cli.json('params --gas-price 0.01gwei')
    assert.ok(result)
    assert.deepEqual(
      [result['accepted'], result['missing'], result['refusedFromGasPriceWei']],
      [false, { depositWei: '11999999999999', reserveWei: '33000000000000' }, null],
    )
    // What it says is enough.
    await cli.run('deposit 0.000011999999999999 --yes')
    await cli.run('reserve 0.000033 --yes')
    assert.equal((await cli.json('params --gas-price 0.01gwei')).result?.['accepted'], true)
  })

  it('fails with --check, and shows everything all the same', async () => {
    const { stdout, code } = await cli.run(`params ${otherGateway.address} --check --gas-price 1gwei --json`)
    const { result, error } = JSON.parse(stdout) as {
      result: { accepted: boolean }
      error: { code: string; details: object; nextSteps: string[] }
    }
    assert.deepEqual([code, error.code, result.accepted], [11, 'SENDER_REFUSED', false])
    assert.deepEqual(error.details, { failed: ['ticketEv', 'reserve', 'deposit'] })
    assert.deepEqual(error.nextSteps, ['lp-pay reserve 0.0036', 'lp-pay deposit 0.0012'])
  })

  it('takes no gas price without its unit', () =>
    cli.refuses('params --gas-price 0.05', {
      code: 'GAS_PRICE_INVALID',
      exitCode: 2,
      message: '--gas-price: this is not a gas price: it has no unit',
      next: 'write gas prices like 0.05gwei or 20000000wei',
    }))
})
