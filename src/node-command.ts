import { BaseCommand, wantsJson } from './base-command.ts'
import { DeclinedError, UsageError } from './lib/errors.ts'
import type { NodeApplication } from './lib/node/apply-plan.ts'
import { createNodeClient } from './lib/node/node-client.ts'
import type { NodeClient } from './lib/node/node-client.ts'
import { nodeOf } from './lib/node/plan-node.ts'
import type { NodeWatchEvent } from './lib/node/watch/watch-node.ts'
import type { PlanOptions } from './lib/node/plan-node.ts'
import type { ReadPriceFile } from './lib/pricefile/parse-price-file.ts'
import type { Rate } from './lib/pricing/rate.ts'
import { rational } from './lib/pm/rational.ts'
import type { Fraction } from './lib/units/fraction.ts'
import { toJsonLine } from './output/json.ts'
import { renderNodeWatchLine, renderPlannedApplication } from './output/render-node.ts'
import { printData } from './output/streams.ts'

/** What a price may be away from the file's when it is written in another currency. */
const defaultThreshold = rational(2n, 100n)

export interface NodeFlagValues {
  readonly node?: string | undefined
  readonly rate: Rate | undefined
  readonly feed: `0x${string}` | undefined
  readonly threshold?: Fraction | undefined
}

/** A command that holds a price file against a running node. */
export abstract class NodeCommand<Result extends object> extends BaseCommand<Result> {
  /** Set while a watch is on: it tells of trouble when it comes, for kept for its end it would have no end. */
  private tell: ((event: NodeWatchEvent) => void) | undefined

  /** Finds the node of a file: by flag, variable or profile, else in its usual place. */
  protected async nodeFinder(flags: NodeFlagValues): Promise<(read: ReadPriceFile) => NodeClient> {
    const { node } = await this.settings(flags)
    return (read) => {
      const client = createNodeClient(nodeOf(read, node.value), { signal: this.signal })
      this.onExit(() => client.close())
      return client
    }
  }

  protected planOptions(flags: NodeFlagValues): PlanOptions {
    return {
      threshold: flags.threshold ?? defaultThreshold,
      currentRate: async (currency) => {
        const rate = await this.rateFor(flags, [currency])
        if (rate !== undefined) return rate
        throw new UsageError('RATE_MISSING', `a rate between ETH and ${currency} is needed`, {
          details: { currency },
          nextSteps: [
            `--rate 2500${currency === 'USD' ? '' : currency} says how many of it one ETH is worth`,
            '--rpc-url URL says whom to ask',
          ],
        })
      },
    }
  }

  /**
   * Shows what would be set, and asks unless that was agreed to.
   *
   * @throws {DeclinedError} CONFIRMATION_NEEDED, DECLINED, PROMPT_CANCELLED
   */
  protected async agree(planned: NodeApplication, yes: boolean): Promise<void> {
    this.showPlan(renderPlannedApplication(planned), yes)
    if (yes) return
    const { confirm } = await import('./prompts/confirm.ts')
    await confirm('Set them?', {
      without: 'nothing was set',
      nextStep: 'add --yes to set them without asking, or --dry-run to look',
    })
  }

  /**
   * Keeps a node in line until it is interrupted.
   *
   * @throws {DeclinedError} CONFIRMATION_NEEDED
   */
  protected async watch(
    flags: NodeFlagValues & { readonly file: string; readonly yes: boolean },
    everyMs: number,
  ): Promise<NodeApplication> {
    if (!flags.yes) {
      throw new DeclinedError('CONFIRMATION_NEEDED', 'a watch sets prices without asking; nothing was set', {
        nextSteps: ['add --yes to agree to that'],
      })
    }
    const json = wantsJson(this.argv)
    this.isStream = json
    const onEvent = (event: NodeWatchEvent) => {
      const line = json
        ? toJsonLine({ ...event, time: new Date().toISOString() })
        : renderNodeWatchLine(event)
      if (line !== undefined) printData(line)
    }
    this.tell = onEvent
    const open = await this.nodeFinder(flags)
    const { watchNode } = await import('./lib/node/watch/watch-node.ts')
    return watchNode({
      ...this.planOptions(flags),
      path: flags.file,
      open,
      everyMs,
      signal: this.signal,
      onEvent,
    })
  }

  protected override addWarning(message: string): void {
    if (this.tell === undefined) super.addWarning(message)
    else this.tell({ event: 'trouble', code: 'WARNING', message })
  }
}
