import { rational } from '../../../src/lib/pm/rational.ts'
import { ticketClasses } from '../../../src/lib/simulation/workload.ts'
import type { StreamClass, TicketClass } from '../../../src/lib/simulation/workload.ts'

/** 720p30 at 1200 wei a pixel: wei an hour of one stream. */
export const hourOf720p30 = rational(1280n * 720n * 30n * 1200n * 3600n)

export function makeStreams(overrides: Partial<StreamClass> = {}): StreamClass {
  return {
    streams: rational(100n),
    weiPerHour: hourOf720p30,
    ticketEvWei: 8_000_000_000n,
    faceValueWei: 1_200_000_000_000_000n,
    ...overrides,
  }
}

export function makeClasses(...overrides: readonly Partial<StreamClass>[]): TicketClass[] {
  return ticketClasses((overrides.length === 0 ? [{}] : overrides).map(makeStreams))
}
