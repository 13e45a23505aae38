import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

import { identifyProcess, isRunning } from '../../../src/lib/files/process-identity.ts'
import { until } from '../../helpers/until.ts'
import { mortal } from '../../helpers/mortal.ts'

describe('the identity of a process', () => {
  it('is the same as long as the process runs', () => {
    const identity = identifyProcess(process.pid)
    assert.ok(identity)
    assert.deepEqual(identifyProcess(process.pid), identity)
    assert.equal(isRunning(identity), true)
  })

  it('is gone when the process has ended', async () => {
    const child = mortal(spawn('sleep', ['30']))
    await once(child, 'spawn')
    const identity = identifyProcess(child.pid ?? 0)
    assert.ok(identity)
    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.equal(isRunning(identity), false)
    assert.equal(identifyProcess(identity.pid), undefined)
  })

  it('tells a process from a later one with the same number', () => {
    assert.equal(isRunning({ pid: process.pid, started: 'at another time' }), false)
  })

  it('is none for a process that has ended and was not reaped', async function () {
    if (process.platform !== 'linux') this.skip()
    const parent = mortal(
      spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 30'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )
    const [text] = (await once(parent.stdout, 'data')) as [Buffer]
    const zombie = Number(text.toString('utf8'))
    await until(() => readFileSync(`/proc/${String(zombie)}/stat`, 'utf8').includes(') Z '))
    assert.equal(identifyProcess(zombie), undefined)
    parent.kill('SIGKILL')
    await once(parent, 'exit')
  })
})
