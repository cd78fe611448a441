import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { ChildStation } from '../../test/support/child-station.ts'
import { Courier } from '../../test/support/courier.ts'
import { DataFolder } from '../../test/support/data-folder.ts'
import { needs } from '../../test/support/neighbour.ts'
import { passwordOf } from '../../test/support/visitor.ts'

const NAMES = ['alice', 'bob', 'carol', 'dave', 'erin'] as const
/** Of each at least, at twenty a second; nobody stops before the last kill. */
const MESSAGES = 200
const PACE_MS = 50
const KILLS = 10
const MAX_LIVE_MS = 10_000
const PATIENCE_MS = 30_000

/** The cookies of somebody who has just registered. */
async function register(url: string, username: string): Promise<string> {
  const answer = await post(url, '/api/v1/auth/register', '', {
    username,
    email: `${username}@example.org`,
    password: passwordOf(username),
    consent: true,
  })
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

async function post(url: string, path: string, cookie: string, body: object): Promise<Response> {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  })
  assert.ok(answer.ok, `${path}: ${answer.status}`)
  return answer
}

interface Row {
  readonly seq: number
  readonly text: string
  readonly cid: string
}

async function wholeHistory(url: string, cookie: string, chat: string): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const input = { chat, after: rows.at(-1)?.seq ?? 0, limit: 100 }
    const answer = await post(url, '/api/v1/rt/msg.history', cookie, input)
    const { items } = (await answer.json()) as { items: Row[] }
    if (items.length === 0) return rows
    rows.push(...items)
  }
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!isSo()) {
    assert.ok(performance.now() < deadline, what)
    await pause(20)
  }
}

test(
  'kill -9 again and again while five people write: nothing is lost, nothing comes twice',
  needs('user-management'),
  async () => {
    using data = new DataFolder()
    let station = new ChildStation({ dataDir: data.dir })
    const url = await station.address()
    const env = { QUARK_PORT: new URL(url).port }
    const cookies: string[] = []
    for (const name of NAMES) cookies.push(await register(url, name))
    const [own = ''] = cookies
    const order = { type: 'group', title: 'Five', members: NAMES.slice(1) }
    const made = await post(url, '/api/v1/rt/chats.create', own, order)
    const { id: chat } = ((await made.json()) as { chat: { id: string } }).chat
    const couriers = cookies.map((cookie) => new Courier(url, cookie))
    const staying = couriers.map((courier) => courier.stay())
    await until(() => couriers.every(({ isLive }) => isLive), 'everybody comes')
    const written = new Map<string, string>()
    const done = { kills: 0 }
    const writing = couriers.map(async (courier, who) => {
      for (let n = 1; n <= MESSAGES || done.kills < KILLS; n++) {
        const cid = randomUUID()
        const text = `${NAMES[who]} ${n}`
        written.set(cid, text)
        courier.write({ cid, chat, text })
        await pause(PACE_MS)
      }
    })
    while (done.kills < KILLS) {
      await pause(200 + Math.random() * 600)
      await station[Symbol.asyncDispose]()
      done.kills += 1
      station = new ChildStation({ dataDir: data.dir, env })
      await station.address()
      const startedAt = performance.now()
      await until(
        () => couriers.every(({ isLive, liveAt }) => isLive && liveAt >= startedAt - 1_000),
        'everybody comes back',
      )
      assert.ok(performance.now() - startedAt <= MAX_LIVE_MS)
    }
    await Promise.all(writing)
    await until(() => couriers.every(({ isIdle }) => isIdle), 'all is acknowledged')

    const rows = await wholeHistory(url, own, chat)
    const seqs = rows.map(({ seq }) => seq)
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => index + 1),
      'numbers without a hole',
    )
    const texts = new Map(rows.filter(({ text }) => text !== '').map((row) => [row.cid, row]))
    assert.ok(written.size >= NAMES.length * MESSAGES)
    assert.equal(rows.filter(({ text }) => text !== '').length, written.size)
    for (const [cid, text] of written) assert.equal(texts.get(cid)?.text, text)
    for (const [who, { heard }] of couriers.entries()) {
      for (const [cid, seq] of heard.acknowledged) assert.equal(texts.get(cid)?.seq, seq)
      const theirs = rows.filter(({ text }) => text.startsWith(`${NAMES[who]} `))
      assert.deepEqual(
        theirs.map(({ text }) => text),
        theirs.map((_, index) => `${NAMES[who]} ${index + 1}`),
        'in the order they were written',
      )
    }
    const last = Math.max(...seqs)
    await until(() => couriers.every(({ heard }) => heard.texts.has(last)), 'all is heard')
    for (const { heard } of couriers) {
      assert.deepEqual([heard.faults, heard.resets], [[], 0])
      for (const { seq, text } of texts.values()) assert.equal(heard.texts.get(seq), text)
    }
    for (const courier of couriers) courier.stop()
    await Promise.all(staying)
    await station.stop()
    const file = new DatabaseSync(join(data.dir, 'quark.db'), { readOnly: true })
    assert.deepEqual(file.prepare('pragma integrity_check').all().map(Object.values), [['ok']])
    file.close()
  },
)
