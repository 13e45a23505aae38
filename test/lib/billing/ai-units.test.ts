import { equal, ok, throws } from 'node:assert/strict'

import fc from 'fast-check'

import { aiUnitsDebited, aiUnitsPaid, textToSpeak } from '../../../src/lib/billing/ai-units.ts'
import type { AiJob } from '../../../src/lib/billing/ai-units.ts'

const size = { width: 1024n, height: 1024n }

describe('AI units', () => {
  const cases: [AiJob, bigint][] = [
    [{ pipeline: 'text-to-image', size, images: 4n }, 4_194_304n],
    [{ pipeline: 'image-to-image', size, images: 2n }, 2_097_152n],
    [{ pipeline: 'upscale', size }, 1_048_576n],
    [{ pipeline: 'segment-anything-2', size }, 1_048_576n],
    [{ pipeline: 'image-to-text', size }, 1_048_576n],
    [{ pipeline: 'image-to-video' }, 14_745_600n],
    [{ pipeline: 'audio-to-text', seconds: 3n }, 3000n],
    [{ pipeline: 'llm' }, 256n],
    [{ pipeline: 'llm', maxTokens: 1000n }, 1000n],
  ]
  for (const [job, units] of cases) {
    it(`${job.pipeline}: ${String(units)} units, paid and debited`, () => {
      equal(aiUnitsPaid(job), units)
      equal(aiUnitsDebited(job), units)
    })
  }

  it('text-to-speech is paid by the byte and debited 1000 a character', () => {
    const job = textToSpeak('né')
    equal(aiUnitsPaid(job), 3n)
    equal(aiUnitsDebited(job), 2000n)
  })

  it('refuses a job of nothing', () => {
    for (const job of [
      { pipeline: 'text-to-image', size, images: 0n },
      { pipeline: 'upscale', size: { width: 0n, height: 5n } },
      { pipeline: 'audio-to-text', seconds: -1n },
      { pipeline: 'llm', maxTokens: 0n },
      textToSpeak(''),
    ] satisfies AiJob[]) {
      throws(() => aiUnitsPaid(job), { code: 'JOB_AMOUNT_INVALID' })
      throws(() => aiUnitsDebited(job), { code: 'JOB_AMOUNT_INVALID' })
    }
  })

  it('more images never cost less', () => {
    const units = (images: bigint) => aiUnitsPaid({ pipeline: 'text-to-image', size, images })
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 9n), fc.bigInt(0n, 10n ** 9n), (images, more) => {
        ok(units(images + more) >= units(images))
      }),
    )
  })
})
