import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { constants, getPriority } from 'node:os'
import { test } from 'node:test'
import { lowerThreadPool } from './low-priority.ts'

const skip = process.platform === 'linux' ? false : 'threads have priorities on Linux only'

test('the threads that decode pictures wait for the one that answers', { skip }, async () => {
  await readFile(import.meta.filename)
  const before = getPriority()
  lowerThreadPool()
  const pool = readdirSync('/proc/self/task').filter((thread) =>
    readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').startsWith('libuv-worker'),
  )
  assert.ok(pool.length > 0)
  for (const thread of pool) {
    assert.equal(getPriority(Number(thread)), constants.priority.PRIORITY_LOW)
  }
  assert.equal(getPriority(), before)
})
