import { PreconditionError, SimulationError } from '../errors.ts'

/** The chain is no longer as it was planned for: the batch must be planned anew. Nothing was sent. */
export class BatchChangedError extends PreconditionError {
  constructor(why: string) {
    super('BATCH_CHANGED', `the chain has changed since the plan: ${why}; nothing was sent`, {
      nextSteps: ['repeat the command'],
    })
  }
}

/** The batch as a whole would not do what it should, while its tickets may by themselves. Nothing was sent. */
export class BatchFailsError extends SimulationError {
  constructor(why: string) {
    super('BATCH_FAILS', `the batch would fail: ${why}; nothing was sent`, {
      nextSteps: ['repeat the command'],
    })
  }
}

/** Another redeemer has settled the submission in the meantime; what was just signed is not sent. */
export class ClaimLostError extends PreconditionError {
  constructor() {
    super('CLAIM_LOST', 'another redeemer has taken the tickets back; nothing was sent', {
      nextSteps: ['repeat the command'],
    })
  }
}
