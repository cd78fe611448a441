import assert from 'node:assert/strict'
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const skip = process.platform === 'linux' ? false : 'threads have priorities on Linux only'
const LOWERED = fileURLToPath(new URL('../test/support/lowered-process.ts', import.meta.url))

async function lowered(t: { after(end: () => void): void }, detached: boolean): Promise<number> {
  const child: ChildProcess = fork(LOWERED, { detached })
  t.after(() => child.kill('SIGKILL'))
  await once(child, 'message')
  return child.pid ?? 0
}

/** Undefined on a kernel that does not share by sessions, and in the session it started with. */
function sessionNice(pid: number | 'self'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim().split(' ').at(-1) || undefined
  } catch {
    return undefined
  }
}

/** What a new session has before anyone lowers it. */
async function newSession(t: { after(end: () => void): void }): Promise<string | undefined> {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
  t.after(() => child.kill('SIGKILL'))
  await once(child, 'spawn')
  return sessionNice(child.pid ?? 0)
}

test('every thread of a lowered process waits for others', { skip }, async (t) => {
  const pid = await lowered(t, true)
  const threads = readdirSync(`/proc/${pid}/task`)
  assert.ok(threads.length > 4, String(threads.length))
  for (const thread of threads) {
    assert.equal(getPriority(Number(thread)), constants.priority.PRIORITY_LOW)
  }
})

test('a lowered process lowers its session only when it leads one', { skip }, async (t) => {
  const before = sessionNice('self')
  const [own, shared] = [await lowered(t, true), await lowered(t, false)]
  assert.equal(sessionNice(own), (await newSession(t)) && '5')
  assert.equal(sessionNice(shared), before)
  assert.equal(sessionNice('self'), before)
})
