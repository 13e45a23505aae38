import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { keys } from '../helpers/pseudo-terminal.ts'
import { useUser } from '../helpers/user.ts'

const gateway = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

describe('lp-pay price', () => {
  const user = useUser()
  const path = () => join(user.home, 'prices.yaml')

  it('init asks, checks what was answered, and writes it', async () => {
    const terminal = user.open(['price', 'init', '--file', path()], { columns: 160 })
    await terminal.answer(
      ['Prices of:', keys.down + keys.down + keys.enter],
      ['Price of transcoding: (1200wei/pixel)', `1200${keys.enter}`],
      ['say in which currency', `${keys.clearLine}0.41USD/1e12pixels${keys.enter}`],
      ['Add a price for one gateway? (y/N)', `y${keys.enter}`],
      ['Its address:', gateway + keys.enter],
      ['Its price: (1200wei/pixel)', `300wei/pixel${keys.enter}`],
      ['Add a price for one gateway? (y/N)', keys.enter],
      ['Add a price of an AI capability? (y/N)', `y${keys.enter}`],
      ['Capability:', keys.enter],
      ['Model (default: every one):', `stabilityai/sd-turbo${keys.enter}`],
      ['Its price: (4768371wei/pixel)', keys.enter],
      ['Add a price of an AI capability? (y/N)', keys.enter],
      ['Expected value of a ticket: (8gwei)', keys.enter],
      ['Maximum face value of a ticket', keys.enter],
      ['Let the price pay for redemptions too? (Y/n)', keys.enter],
      ['Maximum price: (2000wei/pixel)', keys.enter],
      ['Add a maximum for an AI capability? (y/N)', keys.enter],
      ['Maximum expected value of a ticket: (3000gwei)', keys.enter],
      ['Maximum expected value of one payment: (20000gwei)', keys.enter],
      ['the deposit must be at least: (1)', `0${keys.enter}`],
    )
    await terminal.waitFor('error DEPOSIT_MULTIPLIER_ZERO')
    await terminal.answer([`Write ${path()}? (Y/n)`, keys.enter])
    await terminal.waitFor('is written')
    assert.equal(await terminal.exitCode(), 0)
    const [, ...lines] = (await readFile(path(), 'utf8')).split('\n')
    assert.deepEqual(lines, [
      '',
      'orchestrator:',
      '  transcoding: 0.41USD/1e12pixels',
      '  gateways:',
      `    "${gateway}": 300wei/pixel`,
      '  capabilities:',
      '    - pipeline: text-to-image',
      '      model: stabilityai/sd-turbo',
      '      price: 4768371wei/pixel',
      '  ticketEv: 8gwei',
      '  maxFaceValue: 0',
      '  autoAdjustPrice: true',
      'gateway:',
      '  maxPrice: 2000wei/pixel',
      '  maxTicketEv: 3000gwei',
      '  maxTotalEv: 20000gwei',
      '  depositMultiplier: 0',
      '',
    ])
    const check = await user.run(['price', 'check', '--file', path()])
    assert.equal(check.code, 11)
    assert.match(check.stdout, /:18:22 error DEPOSIT_MULTIPLIER_ZERO/)
    assert.match(check.stdout, /1 error, 1 warning$/m)
  })

  it('init asks nothing before it knows that it may write, and writes nothing without a yes', async () => {
    const asking = user.open(['price', 'init', '--file', path()])
    await asking.answer(['Prices of:', keys.down + keys.enter], ['Maximum price:', keys.ctrlC])
    await asking.waitFor('cancelled at the prompt; nothing was written')
    assert.equal(await asking.exitCode(), 3)
    await assert.rejects(readFile(path()))

    await user.write('prices.yaml', '# mine\n')
    const refused = user.open(['price', 'init', '--file', path()])
    await refused.waitFor('exists already')
    assert.equal(await refused.exitCode(), 4)
    const scripted = await user.run([
      'price',
      'init',
      '--file',
      path(),
      '--set',
      'gateway.maxPrice=1wei/pixel',
    ])
    assert.equal(scripted.code, 4)
    assert.equal(await readFile(path(), 'utf8'), '# mine\n')
  })

  it('check takes prices.yaml of the current folder, and with --strict minds warnings', async () => {
    await user.write('prices.yaml', 'orchestrator:\n  transcoding: 1200wei/pixel\n')
    const cwd = user.home
    assert.equal((await user.run(['price', 'check'], { cwd })).code, 0)
    assert.equal((await user.run(['price', 'check', '--strict'], { cwd })).code, 11)
  })

  it('check points at what is not understood', async () => {
    await user.write('prices.yaml', 'gateway:\n  maxPrice: 1e12wei\n')
    const { stderr, code } = await user.run(['price', 'check', '--file', path()])
    assert.equal(code, 4)
    assert.match(stderr, /gateway\.maxPrice: "1e12wei" is not a price: .* at line 2, column 13/)
  })

  it('set says what was and what is, and keeps the comments', async () => {
    await user.write('prices.yaml', 'gateway: # limits\n  maxPrice: 1wei/pixel # low\n')
    const set = (...words: string[]) => user.run(['price', 'set', ...words, '--file', path()])
    const { stdout } = await set('gateway.maxPrice', '2wei/pixel')
    assert.match(stdout, /^gateway\.maxPrice: 1wei\/pixel -> 2wei\/pixel$/m)
    assert.match((await set('gateway.maxPrice', '2wei/pixel')).stdout, /^nothing to do/)
    assert.equal(await readFile(path(), 'utf8'), 'gateway: # limits\n  maxPrice: 2wei/pixel # low\n')
    assert.match((await set('gateway.maxPrice', '--unset')).stdout, /2wei\/pixel -> -$/m)
  })

  it('export prints what a file can hold as it is', async () => {
    await user.write('prices.yaml', `orchestrator:\n  gateways:\n    "${gateway}": 0.5USD/1e12pixels\n`)
    const { stdout } = await user.run(['price', 'export', '--format', 'pricePerGateway', '--file', path()])
    await user.write('gateways.json', stdout)
    const check = await user.run([
      'price',
      'check',
      '--rate',
      '2500',
      '--file',
      join(user.home, 'gateways.json'),
    ])
    assert.match(check.stdout, /nothing is wrong/)
  })
})
