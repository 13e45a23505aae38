/** Lets worker threads load the sources: on Node 20 `--import tsx` does so for the main thread only. */
import { isMainThread } from 'node:worker_threads'

if (!isMainThread) {
  const { register } = await import('tsx/esm/api')
  register()
}
