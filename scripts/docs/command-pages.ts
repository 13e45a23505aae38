import type { Command } from '@oclif/core/command'

type Arg = Command.Arg.Cached
type Flag = Command.Flag.Cached

/** What package.json says of the topics. */
export type Topics = Readonly<Record<string, { readonly description: string }>>

/** Groups of flags come in this order, the command's own before them and the global ones after. */
const sharedGroups = ['ACCOUNT', 'SENDING']

/** docs/reference: a page for each topic and each command outside of topics, and an index; by file name. */
export function makeCommandPages(
  commands: readonly Command.Cached[],
  topics: Topics,
): ReadonlyMap<string, string> {
  const names = [...new Set(commands.map(({ id }) => id.split(':')[0] ?? id))].sort()
  const pages = names.map((name) => {
    const own = commands.filter(({ id }) => id === name || id.startsWith(`${name}:`))
    return { name, own, summary: topics[name]?.description ?? own[0]?.summary ?? '' }
  })
  return new Map([
    ...pages.map(({ name, own, summary }) => [`${name}.md`, makePage(name, summary, own)] as const),
    ['README.md', makeIndex(pages.map(({ name, summary }) => ({ name, summary })))] as const,
  ])
}

function makeIndex(pages: readonly { readonly name: string; readonly summary: string }[]): string {
  const lines = pages.map(({ name, summary }) => `- [lp-pay ${name}](${name}.md): ${summary}`)
  return paragraphs([
    '# Commands',
    lines.join('\n'),
    'Every command takes `--json` and then prints one envelope, described in [schemas](../schemas/README.md). The codes that commands end with are in [exit codes](../exit-codes.md).',
  ])
}

function makePage(name: string, summary: string, commands: readonly Command.Cached[]): string {
  const [first] = commands
  if (first === undefined) throw new Error(`there is no command ${name}`)
  const isOne = commands.length === 1 && first.id === name
  const global = Object.values(first.flags).filter(({ helpGroup }) => helpGroup === 'GLOBAL')
  return paragraphs([
    `# lp-pay ${name}`,
    isOne ? makeBody(first, '##') : sentence(summary),
    ...(isOne ? [] : commands.map((one) => `## ${callOf(one)}\n\n${makeBody(one, '###')}`)),
    flagTable('##', 'Global flags', global),
  ])
}

function makeBody(command: Command.Cached, heading: string): string {
  const args = Object.values(command.args).filter(({ hidden }) => hidden !== true)
  const flags = Object.values(command.flags).filter(({ hidden }) => hidden !== true)
  return paragraphs([
    sentence(command.summary ?? ''),
    command.description,
    code([[callOf(command), ...args.map(usageOf), '[flags]'].join(' ')]),
    args.length > 0 &&
      `${heading} Arguments\n\n${table(
        'argument',
        args.map((arg) => [arg.name.toUpperCase(), describe(arg)]),
      )}`,
    ...groupsOf(flags).map((group) =>
      flagTable(
        heading,
        group === '' ? 'Flags' : `${group.slice(0, 1)}${group.slice(1).toLowerCase()} flags`,
        flags.filter((flag) => (flag.helpGroup ?? '') === group),
      ),
    ),
    `${heading} Examples\n\n${code(examplesOf(command))}`,
  ])
}

function groupsOf(flags: readonly Flag[]): string[] {
  const groups = [...new Set(flags.map(({ helpGroup }) => helpGroup ?? ''))]
  const own = groups.filter((group) => ![...sharedGroups, 'GLOBAL'].includes(group)).sort()
  return [...own, ...sharedGroups.filter((group) => groups.includes(group))]
}

/** The examples as they would be typed. */
export function examplesOf({ examples = [] }: Pick<Command.Cached, 'examples'>): string[] {
  return examples.map((example) =>
    (typeof example === 'string' ? example : example.command).replaceAll('<%= config.bin %>', 'lp-pay'),
  )
}

function callOf({ id }: Command.Cached): string {
  return `lp-pay ${id.replaceAll(':', ' ')}`
}

function usageOf({ name, required }: Arg): string {
  return required === true ? name.toUpperCase() : `[${name.toUpperCase()}]`
}

function flagTable(heading: string, title: string, flags: readonly Flag[]): string {
  if (flags.length === 0) return ''
  const rows = flags.map((flag) => [writeFlag(flag), describe(flag)] as const)
  return `${heading} ${title}\n\n${table('flag', rows)}`
}

function writeFlag(flag: Flag): string {
  const short = flag.char === undefined ? '' : `-${flag.char}, `
  if (flag.type === 'boolean') return `${short}--${flag.allowNo ? '[no-]' : ''}${flag.name}`
  const value = flag.options?.join('|') ?? flag.helpValue ?? flag.name.toUpperCase()
  return `${short}--${flag.name} ${String(value)}`
}

function describe(input: Arg | Flag): string {
  const { description = '', required } = input
  const fallback: unknown = input.default
  const list = (names: readonly (string | object)[] = []) =>
    names.map((name) => `\`--${typeof name === 'string' ? name : ''}\``).join(', ')
  const dependsOn = 'dependsOn' in input ? list(input.dependsOn) : ''
  const exclusive = 'exclusive' in input ? list(input.exclusive) : ''
  return [
    description,
    required === true && 'required',
    (typeof fallback === 'string' || typeof fallback === 'number') && `default ${String(fallback)}`,
    dependsOn !== '' && `only with ${dependsOn}`,
    exclusive !== '' && `not with ${exclusive}`,
  ]
    .filter((part) => part !== false && part !== '')
    .join('; ')
}

function table(heading: string, rows: readonly (readonly [name: string, meaning: string])[]): string {
  const cell = (text: string) => text.replaceAll('|', String.raw`\|`)
  return [
    `| ${heading} | meaning |`,
    '| --- | --- |',
    ...rows.map(([name, meaning]) => `| \`${cell(name)}\` | ${cell(meaning)} |`),
  ].join('\n')
}

function code(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n')
}

function sentence(fragment: string): string {
  return `${fragment.slice(0, 1).toUpperCase()}${fragment.slice(1)}.`
}

function paragraphs(parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join('\n\n')
}
