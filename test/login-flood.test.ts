import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, newCid, openWith, rt } from './support/messenger.ts'
import { needs } from './support/neighbour.ts'
import { ONE_PIXEL } from './support/pictures.ts'
import { buildTestStation, type TestStation } from './support/station.ts'
import type { Answer } from './support/visitor.ts'

const AT_ONCE = 100
const NETWORKS = 10
/** Where the address of a network is believed from. */
const server = {
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://127.0.0.1:8000',
  trustProxy: ['127.0.0.1'],
  drainMs: 1000,
}

/** Wrong passwords for two accounts, from ten networks that have not been heard of before. */
function wave(t: TestStation, number: number): Promise<Answer>[] {
  return Array.from({ length: AT_ONCE }, (_, index) =>
    t.stranger().ask('POST', '/api/v1/auth/login', {
      json: { login: index % 2 === 0 ? 'alice' : 'nobody', password: `wrong guess ${index}` },
      headers: { 'x-forwarded-for': `203.${number % 256}.${index % NETWORKS}.7` },
    }),
  )
}

test(
  'while a hundred wrong logins wait from ten networks, others upload, write and read',
  { ...needs('messaging'), ...needs('user-management') },
  async () => {
    const config = { server, rateLimits: true, auth: { bcryptCost: 10 } }
    await using t = await buildTestStation({ dialect: 'sqlite', config })
    const [alice, bob, carol] = [
      await t.person('alice'),
      await t.person('bob'),
      await t.person('carol'),
    ]
    const { id: chat } = await openWith(bob, 'carol')
    const answers: Answer[] = []
    const over = new AbortController()
    const flood = async (): Promise<number> => {
      let waves = 0
      do {
        answers.push(...(await Promise.all(wave(t, waves))))
        waves++
      } while (!over.signal.aborted)
      return waves
    }
    const flooding = flood()
    const [uploaded, sent, healthy, page] = await Promise.all([
      bob.upload('/api/v1/media', { bytes: ONE_PIXEL }),
      rt(bob, 'msg.send', { chat, cid: newCid(), text: 'still here' }),
      t.stranger().get('/health'),
      carol.get('/api/v1/notifications'),
    ])
    over.abort()
    const waves = await flooding
    assert.equal(uploaded.status, 201, uploaded.text)
    assert.equal(sent.status, 200, sent.text)
    assert.equal(healthy.status, 200, healthy.text)
    assert.equal(page.status, 200, page.text)
    const { items } = await ask<{ items: { text: string }[] }>(carol, 'msg.history', { chat })
    assert.ok(items.some(({ text }) => text === 'still here'))

    assert.equal(answers.length, waves * AT_ONCE)
    const told = Map.groupBy(answers, ({ status }) => status)
    for (const status of told.keys()) {
      assert.ok([401, 429, 503].includes(status), `${status} ${told.get(status)?.[0]?.text}`)
    }
    assert.ok((told.get(401)?.length ?? 0) > 0, 'nobody was told that it is wrong')
    const put = [...(told.get(429) ?? []), ...(told.get(503) ?? [])]
    assert.ok(put.length > 0, 'a hundred passwords were all hashed')
    for (const { headers, status } of put) {
      assert.match(String(headers['retry-after']), /^[1-9]\d*$/, String(status))
    }
    assert.equal((await alice.get('/api/v1/notifications')).status, 200)
    assert.deepEqual(
      t.warnings.filter((line) => line.startsWith('error')),
      [],
    )
  },
)
