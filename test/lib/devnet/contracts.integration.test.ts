import assert from 'node:assert/strict'
import {
  concatHex,
  createTestClient,
  custom,
  keccak256,
  maxUint256,
  numberToHex,
  parseAbi,
  parseEther,
  publicActions,
  stringToHex,
  walletActions,
} from 'viem'
import type { Address } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

import { contractNames } from '../../../src/lib/chain/network.ts'
import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import type { DevnetAccountName } from '../../../src/lib/devnet/accounts.ts'
import { describeDevnet } from '../../../src/lib/devnet/describe-devnet.ts'
import { devnet as network, devnetContracts } from '../../../src/lib/devnet/network.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'

const { TicketBroker, BondingManager, RoundsManager, Controller } = devnetContracts
const gateway = privateKeyToAccount(accountNamed('gateway-1').privateKey)

const abi = parseAbi([
  'function getContract(bytes32 id) view returns (address)',
  'function paused() view returns (bool)',
  'function fundDepositAndReserve(uint256 depositAmount, uint256 reserveAmount) payable',
  'struct Ticket { address recipient; address sender; uint256 faceValue; uint256 winProb; uint256 senderNonce; bytes32 recipientRandHash; bytes auxData; }',
  'function getTicketHash(Ticket ticket) view returns (bytes32)',
  'function redeemWinningTicket(Ticket ticket, bytes sig, uint256 recipientRand)',
  'function blockHashForRound(uint256 round) view returns (bytes32)',
  'function roundLength() view returns (uint256)',
  'function unlockPeriod() view returns (uint256)',
  'function ticketValidityPeriod() view returns (uint256)',
  'function unbondingPeriod() view returns (uint64)',
  'function getTranscoderPoolMaxSize() view returns (uint256)',
  'function getTranscoderPoolSize() view returns (uint256)',
  'function isRegisteredTranscoder(address transcoder) view returns (bool)',
  'function isActiveTranscoder(address transcoder) view returns (bool)',
  'function pendingFees(address delegator, uint256 endRound) view returns (uint256)',
  'function withdrawFees(address recipient, uint256 amount)',
])

function accountNamed(name: DevnetAccountName): (typeof devnetAccounts)[number] {
  const account = devnetAccounts.find((one) => one.name === name)
  assert.ok(account)
  return account
}

describe('the contracts of a devnet', () => {
  const devnet = useTestDevnet()
  const client = createTestClient({
    mode: 'anvil',
    cacheTime: 0,
    pollingInterval: 10,
    transport: custom(
      {
        request: ({ method, params }: { method: string; params?: unknown }) =>
          devnet.rpc(method, params as unknown[]),
      },
      { retryCount: 0 },
    ),
  })
    .extend(publicActions)
    .extend(walletActions)

  // viem takes the tip that anvil proposes, a gwei, and refuses it where gas is as cheap as on Arbitrum.
  beforeEach(async () => {
    await devnet.rpc('anvil_setNextBlockBaseFeePerGas', ['0x12a05f200'])
    await devnet.rpc('evm_mine')
  })

  async function fund(): Promise<void> {
    const hash = await client.writeContract({
      account: gateway,
      chain: null,
      address: TicketBroker,
      abi,
      functionName: 'fundDepositAndReserve',
      args: [parseEther('1'), parseEther('0.3')],
      value: parseEther('1.3'),
    })
    await client.waitForTransactionReceipt({ hash })
  }

  async function winningTicketFor(recipient: Address) {
    const recipientRand = 7n
    const round = 1001n
    const blockHash = await client.readContract({
      address: RoundsManager,
      abi,
      functionName: 'blockHashForRound',
      args: [round],
    })
    const ticket = {
      recipient,
      sender: gateway.address,
      faceValue: parseEther('0.1'),
      winProb: maxUint256,
      senderNonce: 1n,
      recipientRandHash: keccak256(numberToHex(recipientRand, { size: 32 })),
      auxData: concatHex([numberToHex(round, { size: 32 }), blockHash]),
    }
    const hash = await client.readContract({
      address: TicketBroker,
      abi,
      functionName: 'getTicketHash',
      args: [ticket],
    })
    const signature = await gateway.signMessage({ message: { raw: hash } })
    return [ticket, signature, recipientRand] as const
  }

  it('are where the network says, and the Controller is not paused', async () => {
    for (const name of contractNames) {
      const id = keccak256(stringToHex(name))
      const found = await client.readContract({
        address: Controller,
        abi,
        functionName: 'getContract',
        args: [id],
      })
      assert.equal(found, network.knownContracts?.[name])
    }
    assert.equal(await client.readContract({ address: Controller, abi, functionName: 'paused' }), false)
  })

  it("have mainnet's settings", async () => {
    const read = async (
      address: Address,
      functionName: 'roundLength' | 'unlockPeriod' | 'ticketValidityPeriod',
    ) => client.readContract({ address, abi, functionName })
    assert.equal(await read(RoundsManager, 'roundLength'), 5760n)
    assert.equal(await read(TicketBroker, 'unlockPeriod'), 2n)
    assert.equal(await read(TicketBroker, 'ticketValidityPeriod'), 2n)
    const bonding = { address: BondingManager, abi } as const
    assert.equal(await client.readContract({ ...bonding, functionName: 'unbondingPeriod' }), 7n)
    assert.equal(await client.readContract({ ...bonding, functionName: 'getTranscoderPoolMaxSize' }), 100n)
    assert.equal(await client.readContract({ ...bonding, functionName: 'getTranscoderPoolSize' }), 3n)
  })

  it('follow the clock of this machine', async () => {
    await devnet.rpc('evm_mine')
    const now = BigInt(Math.floor(Date.now() / 1000))
    const { timestamp } = await client.getBlock()
    assert.ok(timestamp > now - 60n && timestamp < now + 60n)
  })

  it('show what a gateway has funded', async () => {
    await fund()
    const { accounts } = await describeDevnet(devnet)
    const state = accounts.find(({ name }) => name === 'gateway-1')
    assert.ok(state)
    const { balanceWei, ...rest } = state
    assert.deepEqual(rest, {
      name: 'gateway-1',
      role: 'gateway',
      address: gateway.address,
      depositWei: parseEther('1'),
      reserveWei: parseEther('0.3'),
    })
    assert.ok(balanceWei < parseEther('9998.7') && balanceWei > parseEther('9998.6'))
    assert.equal(accounts.find(({ name }) => name === 'gateway-2')?.depositWei, 0n)
  })

  it('pay a winning ticket, down to the ether in the hands of the orchestrator', async () => {
    await fund()
    const { address: orchestrator } = accountNamed('orchestrator-1')
    const args = await winningTicketFor(orchestrator)
    const redemption = { address: TicketBroker, abi, functionName: 'redeemWinningTicket', args } as const
    const { request } = await client.simulateContract({ ...redemption, account: gateway })
    await client.waitForTransactionReceipt({
      hash: await client.writeContract({ ...request, chain: null }),
    })
    const fees = await client.readContract({
      address: BondingManager,
      abi,
      functionName: 'pendingFees',
      args: [orchestrator, 1001n],
    })
    // The BondingManager's shares round down.
    assert.ok(fees <= parseEther('0.1') && fees >= parseEther('0.1') - 2n)

    const account = privateKeyToAccount(accountNamed('orchestrator-1').privateKey)
    const to: Address = '0x00000000000000000000000000000000000000aa'
    const withdrawal = {
      address: BondingManager,
      abi,
      functionName: 'withdrawFees',
      args: [to, fees],
    } as const
    const hash = await client.writeContract({ ...withdrawal, account, chain: null })
    await client.waitForTransactionReceipt({ hash })
    assert.equal(await client.getBalance({ address: to }), fees)
  })

  it('keep the inactive orchestrator registered and inactive', async () => {
    const { address } = accountNamed('orchestrator-inactive')
    for (const rounds of [0, 1, 3]) {
      if (rounds > 0) await devnet.advance(rounds)
      const call = { address: BondingManager, abi, args: [address] } as const
      assert.equal(await client.readContract({ ...call, functionName: 'isRegisteredTranscoder' }), true)
      assert.equal(await client.readContract({ ...call, functionName: 'isActiveTranscoder' }), false)
    }
  })
})
