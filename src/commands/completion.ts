import * as Args from '@oclif/core/args'

import { BaseCommand } from '../base-command.ts'
import { completionScript, shells } from '../output/completion.ts'
import type { Shell } from '../output/completion.ts'

export interface CompletionResult {
  readonly shell: Shell
  readonly script: string
}

export default class Completion extends BaseCommand<CompletionResult> {
  static override summary = 'print a script that completes commands and flags in your shell'
  static override description =
    'Load it from the start file of the shell, such as ~/.bashrc: source <(lp-pay completion bash). Fish keeps it in ~/.config/fish/completions/lp-pay.fish.'
  static override examples = ['<%= config.bin %> completion bash', '<%= config.bin %> completion fish']

  static override args = {
    shell: Args.string({
      description: 'bash, zsh or fish',
      options: [...shells],
      required: true,
      ignoreStdin: true,
    }),
  }

  protected override async execute(): Promise<CompletionResult> {
    const { args } = await this.parse(Completion)
    const shell = args.shell as Shell
    return { shell, script: completionScript(shell, this.config.commands) }
  }

  protected override render({ script }: CompletionResult): string {
    return script
  }
}
