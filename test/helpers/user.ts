import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { openTerminal } from './pseudo-terminal.ts'
import type { Terminal, TerminalOptions } from './pseudo-terminal.ts'
import { runCli } from './run-cli.ts'
import type { RunOptions, RunResult } from './run-cli.ts'
import { temporaryFolder } from '../lib/files/temporary-folder.ts'

/** A user of the program: a home of his own for each test, which outlives a command. */
export interface User {
  readonly home: string
  readonly configFile: string
  readonly keystore: string
  run(args: readonly string[], options?: RunOptions): Promise<RunResult>
  /** Runs a command in a terminal, which is closed after the test. */
  open(args: readonly string[], options?: Omit<TerminalOptions, 'env'>): Terminal
  /** Writes a private file below the home, and gives its path. */
  write(path: string, contents: string, mode?: number): Promise<string>
  config(): Promise<string | undefined>
}

/** A {@link User} for each test of the surrounding suite. */
export function useUser(): User {
  const folder = temporaryFolder()
  const terminals: Terminal[] = []
  const at = (path: string) => join(folder.path, path)
  const env = () => ({ HOME: folder.path, LP_PAY_CONFIG_DIR: at('config'), LP_PAY_DATA_DIR: at('data') })
  afterEach(() => {
    for (const terminal of terminals.splice(0)) terminal.close()
  })
  return {
    get home() {
      return folder.path
    },
    get configFile() {
      return at('config/config.yaml')
    },
    get keystore() {
      return at('data/keystore')
    },
    run: (args, options) => runCli(args, { ...options, env: { ...env(), ...options?.env } }),
    open(args, options) {
      const terminal = openTerminal(args, { ...options, env: env() })
      terminals.push(terminal)
      return terminal
    },
    async write(path, contents, mode = 0o600) {
      await mkdir(dirname(at(path)), { recursive: true, mode: 0o700 })
      await writeFile(at(path), contents, { mode })
      await chmod(at(path), mode)
      return at(path)
    },
    config: () => readFile(at('config/config.yaml'), 'utf8').catch(() => undefined),
  }
}
