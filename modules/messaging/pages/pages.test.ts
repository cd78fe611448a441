import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

test('the page of chats says who is here, in which words, and what it needs', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const answer = await alice.get('/chats')
  assert.equal(answer.status, 200)
  assert.match(answer.text, /data-self="[^"]*&quot;username&quot;:&quot;alice&quot;/)
  assert.match(answer.text, /messaging\.ui\.members/)
  assert.match(answer.text, /refused\.QL_MSG_NOT_ALLOWED&quot;:&quot;You may not do this here\./)
  assert.match(answer.text, /<noscript>.*JavaScript/s)
  assert.match(answer.text, /id="chat-icon-reply"/)
  const scripts = [...answer.text.matchAll(/<script[^>]* src="\/assets\/([a-z-]+)-\w+\.js"/g)]
  assert.deepEqual(
    scripts.map(([, name]) => name),
    ['messaging-chats'],
  )
  assert.match(answer.text, /<meta name="later" content="\/assets\/notifications-bell-\w+\.js"/)
  assert.match(answer.text, /href="\/chats"[^>]*aria-current="page"/)
  assert.match(String(answer.headers['permissions-policy']), /microphone=\(self\)/)
  const elsewhere = await alice.get('/api/docs')
  assert.match(String(elsewhere.headers['permissions-policy']), /microphone=\(\)/)
})

test('an address names whom to write to, and nothing else gets into the page', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  assert.match((await alice.get('/chats/@bob')).text, /id="chats"[^>]* data-user="bob"/)
  const hostile = await alice.get(`/chats/${encodeURIComponent('@"><script>')}`)
  assert.doesNotMatch(hostile.text, /id="chats"[^>]* data-user/)
  assert.doesNotMatch(hostile.text, /"><script>/)
})

test('the page of a person leads to writing to them', needs('user-management'), async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const [alice] = [await t.person('alice'), await t.person('bob')]
  const way = /<a [^>]*href="\/chats\/@bob"[^>]*>.*?Write<\/a>/s
  assert.match((await alice.get('/user/bob')).text, way)
  assert.doesNotMatch((await alice.get('/user/alice')).text, /href="\/chats\/@/)
  assert.doesNotMatch((await t.stranger().get('/user/bob')).text, /href="\/chats\/@/)
})

test('a stranger is sent to sign in and comes back', needs('user-management'), async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const answer = await t.stranger().get('/chats/abc')
  assert.equal(answer.status, 303)
  assert.equal(answer.headers['location'], '/auth/login?return=%2Fchats%2Fabc')
})

for (const dialect of DIALECTS) {
  test(`${dialect}: every page says how much is unread, but not of muted chats`, async () => {
    await using t = await buildTestStation({ dialect })
    const [alice, bob] = [await t.person('alice'), await t.person('bob')]
    const { chat } = await ask<{ chat: { id: string } }>(bob, 'chats.open', { username: 'alice' })
    for (const number of [1, 2]) {
      await ask(bob, 'msg.send', { chat: chat.id, cid: `number-${number}`, text: 'Fog' })
    }
    assert.equal(await badgeOf(alice), '2')
    assert.equal(await badgeOf(bob), undefined)
    await ask(alice, 'chats.mute', { chat: chat.id, until: '9999-12-31T00:00:00.000Z' })
    assert.equal(await badgeOf(alice), undefined)
    await ask(alice, 'chats.mute', { chat: chat.id, until: null })
    await ask(alice, 'chats.read', { chat: chat.id, seq: 2 })
    assert.equal(await badgeOf(alice), undefined)
  })
}

async function ask<Answer>(who: Visitor, method: string, input: object): Promise<Answer> {
  const answer = await who.post(`/api/v1/rt/${method}`, input)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<Answer & Record<string, unknown>>()
}

/** The number on the way to the chats, as the page of notifications shows it. */
async function badgeOf(who: Visitor): Promise<string | undefined> {
  const { text } = await who.get('/notifications')
  const [, item = ''] = /href="\/chats" class="rail-item"[^>]*>(.*?)<\/a>/s.exec(text) ?? []
  assert.match(item, /rail-tip/)
  return /class="badge">(\d+)</.exec(item)?.[1]
}
