import { dirname, extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Threads that validate packed tickets. */
export interface WorkerPool {
  /** Takes the bytes over: they cannot be used any more. */
  validate(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
  close(): Promise<void>
}

interface Job {
  readonly resolve: (results: Uint8Array) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  /** What it has been given, in the order in which it answers. */
  readonly jobs: readonly Job[]
  validate(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
  close(): Promise<unknown>
}

/** The worker lies beside this file, in the sources, the library and the bundle alike. */
const here = import.meta.filename
const workerFile = join(dirname(here), `validation-worker${extname(here)}`)

/** The sources need the loader that node was started with; what is built needs none, and a thread refuses V8's flags. */
const execArgv =
  extname(here) === '.ts' ? process.execArgv.filter((word) => !word.startsWith('--input-type')) : []

/** What a ticket leaves behind dies at once: V8 would only let it pile up. It saves some 15 to 30 MB at the peak. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 }

export function openWorkerPool(threads: number): WorkerPool {
  const pool = Array.from({ length: threads }, openThread)
  return {
    validate(packed) {
      const [idlest] = [...pool].sort((a, b) => a.jobs.length - b.jobs.length)
      if (idlest === undefined) throw new Error('a pool of no threads')
      return idlest.validate(packed)
    },
    async close() {
      await Promise.all(pool.map((thread) => thread.close()))
    },
  }
}

function openThread(): Thread {
  const worker = new Worker(workerFile, { execArgv, resourceLimits })
  const jobs: Job[] = []
  let failure: Error | undefined
  const fail = (error: Error) => {
    failure ??= error
    for (const job of jobs.splice(0)) job.reject(failure)
  }
  worker.on('message', (results: Uint8Array) => jobs.shift()?.resolve(results))
  worker.on('error', (cause) => fail(new Error('a validation thread failed', { cause })))
  worker.on('exit', () => fail(new Error('a validation thread has ended')))
  return {
    jobs,
    validate(packed) {
      if (failure !== undefined) return Promise.reject(failure)
      return new Promise((resolve, reject) => {
        jobs.push({ resolve, reject })
        worker.postMessage(packed, [packed.buffer])
      })
    },
    close: () => worker.terminate(),
  }
}
