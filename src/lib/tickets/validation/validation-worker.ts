import { parentPort } from 'node:worker_threads'

import { oxEngine } from './ox-engine.ts'
import { validatePacked } from './validate-packed.ts'

/** The entry of a worker thread: bytes of tickets come, bytes of verdicts go back, in the same order. */
async function answer(port: NonNullable<typeof parentPort>): Promise<void> {
  const engine = await oxEngine()
  port.on('message', (packed: Uint8Array) => {
    const results = validatePacked(packed, engine)
    port.postMessage(results, [results.buffer])
  })
}

// Without top-level await, which the bundle's format does not have; a failure ends the thread with an error.
if (parentPort !== null) void answer(parentPort)
