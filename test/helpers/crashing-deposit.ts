/**
 * Deposits 0.1 ETH and kills itself with SIGKILL when the lifecycle announces the step named on the command line.
 * Arguments: RPC URL, data folder, step, and optionally how often the step must have been announced.
 */
import { localSigner } from '../../src/lib/account/signer.ts'
import { connect } from '../../src/lib/contracts/connect.ts'
import { devnet } from '../../src/lib/devnet/network.ts'
import { fundOperation } from '../../src/lib/sender/operations/fund.ts'
import { send } from '../../src/lib/tx/send.ts'
import { gateway } from './sender-fixture.ts'

const [rpcUrl = '', dataFolder = '', fatalStep = '', times = '1'] = process.argv.slice(2)
let announced = 0
const die = (step: string) => {
  if (step === fatalStep && ++announced === Number(times)) process.kill(process.pid, 'SIGKILL')
}

const connection = await connect({ network: devnet, urls: [rpcUrl] })
const funding = { kind: 'add', depositWei: 10n ** 17n, reserveWei: 0n } as const
const operation = fundOperation(connection, { name: 'deposit', funding, from: gateway.address })
const { result, reported } = await send(operation, {
  connection,
  dataFolder,
  from: gateway.address,
  signer: () => localSigner(gateway.privateKey),
  confirm: () => Promise.resolve(),
  confirmations: 1,
  timeoutMs: 20_000,
  onStep: ({ name }) => {
    die(name)
  },
})
die('report')
process.stdout.write(`${result.outcome}\n`)
die('acknowledge')
await reported()
die('exit')
connection.rpc.close()
