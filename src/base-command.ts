import { join } from 'node:path'

import { Command } from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'

import type { FlagValues, Settings } from './lib/config/settings.ts'
import type { Connection } from './lib/contracts/connect.ts'
import { DeclinedError, exitCodes } from './lib/errors.ts'
import type { LpPayError } from './lib/errors.ts'
import { needsRate } from './lib/pricing/rate.ts'
import type { Rate } from './lib/pricing/rate.ts'
import type { TicketStore } from './lib/store/ticket-store.ts'
import { toJson, toJsonLine } from './output/json.ts'
import type { Envelope } from './output/json.ts'
import { startProgress } from './output/progress.ts'
import type { Progress } from './output/progress.ts'
import { reportFailure, toEnvelopeError } from './output/report-failure.ts'
import { printData, printError, printNote, setQuiet } from './output/streams.ts'
import { refuseUnknownFlags } from './output/usage-errors.ts'
import { canAsk, forbidPrompts } from './prompts/terminal.ts'

export interface Paths {
  readonly configFile: string
  readonly dataFolder: string
  /** Where lp-pay itself is installed. */
  readonly root: string
}

/**
 * The life of every command: it returns a typed result, and this class prints it or wraps it into the envelope of
 * `--json`, turns every error into one line and an exit code, and ends what SIGINT and SIGTERM interrupt.
 */
export abstract class BaseCommand<Result extends object> extends Command {
  static override baseFlags = {
    json: Flags.boolean({ description: 'print one JSON envelope instead of text', helpGroup: 'GLOBAL' }),
    network: Flags.string({
      description: 'network to use [LP_PAY_NETWORK]',
      helpGroup: 'GLOBAL',
      helpValue: 'NAME',
    }),
    'rpc-url': Flags.string({
      description: 'RPC to use; repeat it for more to fall back on [LP_PAY_RPC_URL]',
      helpGroup: 'GLOBAL',
      helpValue: 'URL',
      multiple: true,
      multipleNonGreedy: true,
    }),
    profile: Flags.string({
      description: 'profile of the configuration [LP_PAY_PROFILE]',
      helpGroup: 'GLOBAL',
      helpValue: 'NAME',
    }),
    quiet: Flags.boolean({ char: 'q', description: 'no progress and no hints', helpGroup: 'GLOBAL' }),
  }

  protected readonly warnings: string[] = []
  /** Whether the envelope of `--json` is the last of many lines of JSON. */
  protected isStream = false
  private readonly interruption = new AbortController()
  private readonly cleanups: (() => void | Promise<void>)[] = []

  /** Does the work; prints nothing to standard output. */
  protected abstract execute(): Promise<Result>

  /** The result as text for people, without `--json`. */
  protected abstract render(result: Result): string | Promise<string>

  /** The error that a complete result amounts to: `lp-pay check` shows every check, and fails when one has failed. */
  protected failureOf(_result: Result): LpPayError | undefined {
    return undefined
  }

  /** Called when the user has been told. */
  protected async afterReport(_result: Result): Promise<void> {}

  override async run(): Promise<void> {
    const json = wantsJson(this.argv)
    if (json) forbidPrompts()
    setQuiet(this.argv.includes('--quiet') || this.argv.includes('-q') || json)
    const onSignal = () => this.onSignal()
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
    const command = (this.id ?? '').replaceAll(':', ' ')
    try {
      const { flags, baseFlags } = this.ctor
      refuseUnknownFlags(this.argv, Object.keys({ ...flags, ...baseFlags }))
      const result = await this.execute()
      const failure = this.failureOf(result)
      if (json) {
        const { warnings } = this
        const envelope: Envelope<Result> = {
          schemaVersion: 1,
          ok: failure === undefined,
          command,
          result,
          warnings,
          error: failure === undefined ? null : toEnvelopeError(failure),
        }
        printData(this.isStream ? toJsonLine(envelope) : toJson(envelope))
      } else {
        const text = await this.render(result)
        if (text !== '') printData(text)
      }
      process.exitCode = failure?.exitCode ?? exitCodes.done
      await this.afterReport(result)
    } catch (error) {
      reportFailure(error, { command, json, warnings: this.warnings, inOneLine: this.isStream })
    } finally {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
      for (const cleanup of this.cleanups.reverse()) await cleanup()
    }
  }

  /** Reaches people on standard error and scripts in the envelope. */
  protected addWarning(text: string): void {
    this.warnings.push(text)
    printNote(`warning: ${text}`)
  }

  /** Shows what would be done. Nobody is asked about what he has not seen, however quiet he wants it. */
  protected showPlan(text: string, isAgreed: boolean): void {
    const show = !isAgreed && canAsk() ? printError : printNote
    show(text)
  }

  /** A bar on standard error, which ends with the command at the latest. */
  protected startProgress(what: string, total: number | undefined): Progress {
    const progress = startProgress(what, total)
    this.onExit(() => progress.end())
    return progress
  }

  protected onExit(cleanup: () => void | Promise<void>): void {
    this.cleanups.push(cleanup)
  }

  /** Fires on the first SIGINT or SIGTERM; a second one ends the process at once. */
  protected get signal(): AbortSignal {
    return this.interruption.signal
  }

  protected get paths(): Paths {
    const { configDir, dataDir, root } = this.config
    return { configFile: join(configDir, 'config.yaml'), dataFolder: dataDir, root }
  }

  /** Where devnets keep what they need while they run. */
  protected get devnetFolder(): string {
    return join(this.paths.dataFolder, 'devnets')
  }

  /** Holds the chain states that devnets start from; the build makes them. */
  protected get snapshotFolder(): string {
    return join(this.paths.root, 'dist', 'devnet')
  }

  protected async settings(flags: object): Promise<Settings> {
    const [{ readConfigFile }, { loadSettings }] = await Promise.all([
      import('./lib/config/config-file.ts'),
      import('./lib/config/load-settings.ts'),
    ])
    const { configFile, dataFolder } = this.paths
    return loadSettings({
      flags: toFlagValues(flags),
      variables: process.env,
      file: await readConfigFile(configFile),
      dataFolder,
    })
  }

  /** @throws {DeclinedError} INTERRUPTED */
  protected async connect({ network, rpcUrls }: Settings): Promise<Connection> {
    const { connect } = await import('./lib/contracts/connect.ts')
    // Of its own: what is under way on the connection later decides itself how it ends on a signal.
    const connecting = new AbortController()
    const interrupt = () => connecting.abort()
    this.signal.addEventListener('abort', interrupt)
    try {
      if (this.signal.aborted) interrupt()
      const connection = await connect({
        network: network.value,
        urls: rpcUrls.value,
        signal: connecting.signal,
        onFailover: this.onFailover,
      })
      this.onExit(() => connection.rpc.close())
      return connection
    } catch (error) {
      if (!this.signal.aborted) throw error
      throw new DeclinedError('INTERRUPTED', 'interrupted while connecting; nothing was sent')
    } finally {
      this.signal.removeEventListener('abort', interrupt)
    }
  }

  /**
   * The rate for prices in these currencies: the one that was given, else that of a Chainlink feed. Undefined when none
   * of them needs one, or there is no RPC to ask.
   */
  protected async rateFor(
    flags: { readonly rate: Rate | undefined; readonly feed: `0x${string}` | undefined },
    currencies: readonly string[],
  ): Promise<Rate | undefined> {
    const currency = currencies.find(needsRate)
    if (flags.rate !== undefined || currency === undefined) return flags.rate
    const { network, rpcUrls } = await this.settings(flags)
    if (rpcUrls.value.length === 0) return undefined
    const { fetchRate } = await import('./lib/rates/fetch-rate.ts')
    const { signal } = this
    const endpoints = { network: network.value, urls: rpcUrls.value, signal, onFailover: this.onFailover }
    return fetchRate(endpoints, { currency, feed: flags.feed })
  }

  /** The store that settings name, until the command ends. */
  protected async openStore({ store }: Settings): Promise<TicketStore> {
    const { openStore } = await import('./lib/store/open-store.ts')
    const opened = await openStore(store.value)
    this.onExit(() => opened.close())
    return opened
  }

  private readonly onFailover = (origin: string, cause: string): void =>
    this.addWarning(`${origin} failed (${cause}); trying the next RPC`)

  private onSignal(): void {
    if (this.interruption.signal.aborted) process.exit(130)
    this.interruption.abort()
  }
}

export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json')
}

/** The flags that are settings, under the settings' names. */
function toFlagValues(flags: object): FlagValues {
  const { 'rpc-url': urls, ...others } = flags as Record<string, unknown>
  return { ...others, ...(Array.isArray(urls) && { 'rpc-urls': urls as string[] }) }
}
