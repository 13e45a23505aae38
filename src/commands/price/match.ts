import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { addressFlag } from '../../flags/address.ts'
import { rateFlags } from '../../flags/rate.ts'
import { chooseAccount } from '../../lib/config/choose-account.ts'
import type { LpPayError } from '../../lib/errors.ts'
import { isServiceUri, matchAll, noMatch } from '../../lib/orchestrator/match-all.ts'
import type { PriceMatch } from '../../lib/orchestrator/match-all.ts'
import { renderMatch } from '../../output/render-match.ts'
import { passwordReader } from '../../prompts/password.ts'

export default class PriceMatchCommand extends BaseCommand<PriceMatch> {
  static override summary = 'find out which jobs a gateway and orchestrators would do together'
  static override description =
    "Holds a gateway's limits against what each orchestrator asks, job by job, and says why one is refused. An orchestrator is a price file, or a running one by its service URI, which is asked over gRPC: that takes a key, as only known gateways are answered. With --sender the state of the chain decides about deposit and reserve too. Exits with 11 when no orchestrator accepts any job."
  static override examples = [
    '<%= config.bin %> price match --gateway gateway.yaml --orchestrator orchestrator.yaml',
    '<%= config.bin %> price match --gateway gateway.yaml --orchestrator one.yaml --orchestrator two.yaml --rate 2500 --json',
    '<%= config.bin %> price match --gateway gateway.yaml --orchestrator https://orchestrator.example:8935 --account 0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  ]

  static override flags = {
    ...accountFlags,
    gateway: Flags.string({
      description: "price file with the gateway's limits",
      helpValue: 'FILE',
      required: true,
    }),
    orchestrator: Flags.string({
      description: 'price file or service URI; repeat it for more',
      helpValue: 'FILE|URL',
      multiple: true,
      multipleNonGreedy: true,
      required: true,
    }),
    sender: addressFlag({ description: "the gateway's account, to judge its deposit and reserve" }),
    tickets: Flags.integer({
      description: 'how many tickets are sent at once; 1 when absent',
      min: 1,
      max: 100,
    }),
    ...rateFlags,
  }

  protected override async execute(): Promise<PriceMatch> {
    const { flags } = await this.parse(PriceMatchCommand)
    const settings = await this.settings(flags)
    const live = flags.orchestrator.some(isServiceUri)
    const request = live ? await this.signedRequest(settings) : undefined
    return matchAll({
      gatewayFile: flags.gateway,
      orchestrators: flags.orchestrator,
      rateFor: (currencies) => this.rateFor(flags, currencies),
      numTickets: flags.tickets === undefined ? undefined : BigInt(flags.tickets),
      sender: flags.sender && (await this.readSender(settings, flags.sender)),
      ask: async (serviceUri) => {
        const { askOrchestrator } = await import('../../lib/orchestrator/ask-orchestrator.ts')
        if (request === undefined) throw new Error('only those that were named are asked')
        return askOrchestrator(serviceUri, request, { signal: this.signal })
      },
    })
  }

  protected override render(match: PriceMatch): string {
    return renderMatch(match)
  }

  protected override failureOf(match: PriceMatch): LpPayError | undefined {
    return noMatch(match)
  }

  private async readSender(settings: Parameters<typeof chooseAccount>[0], address: `0x${string}`) {
    const { readSender } = await import('../../lib/sender/read-sender.ts')
    return readSender(await this.connect(settings), address)
  }

  private async signedRequest(settings: Parameters<typeof chooseAccount>[0]) {
    const { signRequest } = await import('../../lib/orchestrator/sign-request.ts')
    const account = await chooseAccount(settings)
    const read = passwordReader(settings.passwordFile.value, account.label, 'nobody was asked')
    return signRequest(await account.openSigner(read))
  }
}
