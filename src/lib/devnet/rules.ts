/** Whose rules a devnet's TicketBroker follows, by the year of their deployment; contracts/README.md compares them. */
export const devnetRules = ['2022', '2026'] as const

export type DevnetRules = (typeof devnetRules)[number]

/** The rules that mainnet has had since July 2026. */
export const mainnetRules: DevnetRules = '2026'

/** The name of the file that holds the chain state with these rules. */
export function snapshotName(rules: DevnetRules): string {
  return `state-${rules}.json.gz`
}

export function isDevnetRules(value: unknown): value is DevnetRules {
  return devnetRules.some((rules) => rules === value)
}
