import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const skip = process.platform === 'linux' ? false : 'threads have priorities on Linux only'
const LOWERED = fileURLToPath(new URL('../test/support/lowered-process.ts', import.meta.url))

test('every thread of a lowered process waits for others', { skip }, async (t) => {
  const child = fork(LOWERED)
  t.after(() => child.kill('SIGKILL'))
  await once(child, 'message')
  const threads = readdirSync(`/proc/${child.pid}/task`)
  assert.ok(threads.length > 4, String(threads.length))
  for (const thread of threads) {
    assert.equal(getPriority(Number(thread)), constants.priority.PRIORITY_LOW)
  }
})
