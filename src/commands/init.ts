import { BaseCommand } from '../base-command.ts'
import { setupFlags } from '../flags/setup.ts'
import type { SetupResult } from '../lib/setup/setup-result.ts'
import {
  renderSetupCheck,
  renderSetupIntroduction,
  renderSetupPlan,
  renderSetupResult,
} from '../output/render-setup.ts'
import { startSpinner } from '../output/spinner.ts'
import { printError, printNote } from '../output/streams.ts'
import { runSetup } from '../prompts/setup/run-setup.ts'

export default class Init extends BaseCommand<SetupResult> {
  static override summary = 'set lp-pay up: network, RPC and account, checked against the chain'
  static override description =
    'Asks what it needs to know, proposes what it can find, and writes a profile to the configuration file once you say yes. Other profiles and comments stay. With --yes it asks nothing: give --network, --rpc-url and --account. Single settings: lp-pay config set.'
  static override examples = [
    '<%= config.bin %> init',
    '<%= config.bin %> init --profile dev --network devnet',
    '<%= config.bin %> init --yes --network arbitrum-one-mainnet --rpc-url https://arb1.arbitrum.io/rpc --account 0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    '<%= config.bin %> init --yes --network testchain --chain-id 421614 --controller 0x5FbDB2315678afecb367f032d93F642f64180aa3 --rpc-url https://rpc.example.org',
  ]

  static override flags = setupFlags

  protected override async execute(): Promise<SetupResult> {
    const { flags } = await this.parse(Init)
    const {
      yes,
      controller,
      'rpc-url': rpcUrls,
      'chain-id': chainId,
      'skip-check': skipCheck,
      ...others
    } = flags
    const spinner = startSpinner()
    this.onExit(() => spinner.clear())
    const say = yes ? printNote : printError
    return runSetup({
      ...this.paths,
      flags: { ...others, 'rpc-urls': rpcUrls },
      variables: process.env,
      described: { chainId, controller },
      yes,
      skipCheck,
      signal: this.signal,
      say,
      onWarning: (text) => this.addWarning(text),
      onIntroduction: () => say(renderSetupIntroduction(this.paths.configFile)),
      onWait: (what) => spinner.say(what),
      onWaited: () => spinner.clear(),
      onCheck: (check) => say(renderSetupCheck(check)),
      onPlan: (plan, setup) => say(renderSetupPlan(plan, setup)),
    })
  }

  protected override render(result: SetupResult): string {
    return renderSetupResult(result)
  }
}
