import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { BaseCommand, wantsJson } from '../base-command.ts'
import { runDemo } from '../lib/demo/run-demo.ts'
import type { DemoResult } from '../lib/demo/demo-step.ts'
import { DeclinedError } from '../lib/errors.ts'
import { renderDemoStep, renderDemoSummary } from '../output/render-demo.ts'
import { printData } from '../output/streams.ts'

export default class Demo extends BaseCommand<DemoResult> {
  static override summary = 'show the main job from beginning to end on a private devnet'
  static override description =
    'A gateway funds a deposit and a reserve in the real contracts and signs tickets; an orchestrator redeems the winners in one transaction and withdraws what they paid; the gateway unlocks and withdraws the rest. Nothing is left behind.'
  static override examples = ['<%= config.bin %> demo', '<%= config.bin %> demo --json']

  protected override async execute(): Promise<DemoResult> {
    await this.parse(Demo)
    const folder = await mkdtemp(join(tmpdir(), 'lp-pay-demo-'))
    this.onExit(() => rm(folder, { recursive: true, force: true }))
    const json = wantsJson(this.argv)
    try {
      return await runDemo({
        folder,
        snapshotFolder: this.snapshotFolder,
        searchFrom: this.paths.root,
        signal: this.signal,
        onStep: (step) => {
          if (!json) printData(renderDemoStep(step))
        },
      })
    } catch (cause) {
      if (!this.signal.aborted) throw cause
      throw new DeclinedError('INTERRUPTED', 'interrupted; nothing of the demo is left', { cause })
    }
  }

  protected override render(result: DemoResult): string {
    return renderDemoSummary(result)
  }
}
