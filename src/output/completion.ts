export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** What completing needs to know of a command. */
interface Known {
  /** With colons: `unlock:cancel`. */
  readonly id: string
  readonly flags: Readonly<Record<string, unknown>>
  readonly hidden: boolean
  readonly summary?: string | undefined
}

/** A script that completes commands and flags in a shell. It holds every word, so that completing starts no process. */
export function completionScript(shell: Shell, commands: readonly Known[]): string {
  const visible = commands.filter(({ hidden }) => !hidden)
  return shell === 'fish' ? fishScript(visible) : bashScript(visible, shell)
}

function bashScript(commands: readonly Known[], shell: 'bash' | 'zsh'): string {
  const cases = [...wordsByPlace(commands)].map(
    ([place, words]) => `    '${place}') words='${words.join(' ')}' ;;`,
  )
  return [
    ...(shell === 'zsh' ? ['autoload -U +X bashcompinit && bashcompinit'] : []),
    '_lp_pay() {',
    '  local place="" words="" word i',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    `    word="\${COMP_WORDS[i]}"`,
    '    case "$word" in -*) continue ;; esac',
    `    case "\${place:+$place }$word" in`,
    `      ${places(commands)
      .map((place) => `'${place}'`)
      .join('|')}) place="\${place:+$place }$word" ;;`,
    '    esac',
    '  done',
    '  case "$place" in',
    ...cases,
    '  esac',
    `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    '}',
    'complete -o default -F _lp_pay lp-pay',
  ].join('\n')
}

function fishScript(commands: readonly Known[]): string {
  const lines = commands.flatMap(({ id, flags, summary = '' }) => {
    const words = id.split(':')
    const last = words.at(-1) ?? id
    const parents = words.slice(0, -1)
    const before =
      parents.length === 0 ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${parents.join(' ')}`
    const within = words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ')
    return [
      `complete -c lp-pay -f -n '${before}' -a ${last} -d ${quote(summary)}`,
      ...Object.keys(flags).map((flag) => `complete -c lp-pay -n '${within}' -l ${flag}`),
    ]
  })
  const topics = [
    ...new Set(commands.filter(({ id }) => id.includes(':')).map(({ id }) => id.split(':')[0] ?? id)),
  ]
  return [
    ...topics.map((topic) => `complete -c lp-pay -f -n __fish_use_subcommand -a ${topic}`),
    ...lines,
  ].join('\n')
}

/** What may follow each beginning of a command line: subcommands, and the flags where it is a command. */
function wordsByPlace(commands: readonly Known[]): Map<string, string[]> {
  const words = new Map<string, Set<string>>()
  const add = (place: string, word: string) => words.set(place, (words.get(place) ?? new Set()).add(word))
  for (const { id, flags } of commands) {
    const path = id.split(':')
    path.forEach((word, at) => add(path.slice(0, at).join(' '), word))
    for (const flag of Object.keys(flags)) add(path.join(' '), `--${flag}`)
  }
  return new Map([...words].map(([place, found]) => [place, [...found].sort()]))
}

function places(commands: readonly Known[]): string[] {
  return [...wordsByPlace(commands).keys()].filter((place) => place !== '')
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`
}
