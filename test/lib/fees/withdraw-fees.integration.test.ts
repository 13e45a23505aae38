import assert from 'node:assert/strict'

import { localSigner } from '../../../src/lib/account/signer.ts'
import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { PreconditionError } from '../../../src/lib/errors.ts'
import { readFees } from '../../../src/lib/fees/read-fees.ts'
import { withdrawFeesOperation } from '../../../src/lib/fees/withdraw-fees.ts'
import type { WithdrawFeesRequest } from '../../../src/lib/fees/withdraw-fees.ts'
import { fundOperation } from '../../../src/lib/sender/operations/fund.ts'
import { send } from '../../../src/lib/tx/send.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { gateway, makeSenderFixture } from '../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../helpers/sender-fixture.ts'
import { redeemWinner } from '../pm/redeem-winner.ts'

const [, , , orchestrator] = devnetAccounts
const earned = parseWei('0.03')

describe('withdrawing fees', () => {
  const devnet = useTestDevnet()
  let fixture: SenderFixture

  beforeEach(async () => {
    fixture = await makeSenderFixture(devnet.rpcUrl)
  })
  afterEach(() => fixture.close())

  it('finds a redeemed ticket in the fees, not in the wallet', async () => {
    const before = await readFees(fixture.connection, orchestrator.address)
    await earn()
    const after = await readFees(fixture.connection, orchestrator.address)
    assert.equal(after.pendingFeesWei - before.pendingFeesWei, earned)
    assert.equal(after.walletWei, before.walletWei)
    assert.equal(after.activeOrchestrator, true)
  })

  it('brings everything into the wallet, less the gas', async () => {
    await earn()
    const { walletWei } = await readFees(fixture.connection, orchestrator.address)
    const result = await withdraw({})
    assert.equal(result.outcome, 'sent')
    assert.deepEqual(result.events, [
      {
        name: 'WithdrawFees',
        args: { delegator: orchestrator.address, recipient: orchestrator.address, amount: earned },
      },
    ])
    assert.deepEqual(result.after, { pendingFeesWei: 0n })
    const now = await readFees(fixture.connection, orchestrator.address)
    assert.equal(now.walletWei, walletWei + earned - (result.transaction?.feeWei ?? 0n))
  })

  it('brings a part to another address, and says so', async () => {
    await earn()
    const before = await readFees(fixture.connection, gateway.address)
    const cautions: string[] = []
    const result = await withdraw({ to: gateway.address, amountWei: earned / 3n }, cautions)
    assert.deepEqual(result.after, { pendingFeesWei: earned - earned / 3n })
    assert.deepEqual(cautions, [`the ETH goes to ${gateway.address}, not to the account that earned it`])
    const after = await readFees(fixture.connection, gateway.address)
    assert.equal(after.walletWei, before.walletWei + earned / 3n)
  })

  it('has nothing to do where nothing was earned', async () => {
    assert.equal((await withdraw({})).outcome, 'nothingToDo')
  })

  it('refuses more than there is before anything is sent', async () => {
    await earn()
    await assert.rejects(
      withdraw({ amountWei: earned + 1n }),
      (error) => error instanceof PreconditionError && error.code === 'FEES_SHORT',
    )
  })

  async function earn(): Promise<void> {
    const funding = { kind: 'add', depositWei: earned, reserveWei: 0n } as const
    const fund = fundOperation(fixture.connection, { name: 'deposit', funding, from: gateway.address })
    await send(fund, fixture.options).then(({ reported }) => reported())
    await redeemWinner(devnet, orchestrator.address, earned, 7n)
  }

  async function withdraw(request: Omit<WithdrawFeesRequest, 'from'>, cautions: string[] = []) {
    const operation = withdrawFeesOperation(fixture.connection, { from: orchestrator.address, ...request })
    const { result, reported } = await send(operation, {
      ...fixture.options,
      from: orchestrator.address,
      signer: () => localSigner(orchestrator.privateKey),
      confirm: (preview) => {
        cautions.push(...preview.cautions)
        return Promise.resolve()
      },
    })
    await reported()
    return result
  }
})
