import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildTestStation } from '../../test/support/station.ts'

test('the page of chats says who is here, in which words, and what it needs', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const answer = await alice.get('/chats')
  assert.equal(answer.status, 200)
  assert.match(answer.text, /data-self="[^"]*&quot;username&quot;:&quot;alice&quot;/)
  assert.match(answer.text, /messaging\.ui\.members/)
  assert.match(answer.text, /<noscript>.*JavaScript/s)
  assert.match(answer.text, /id="chat-icon-reply"/)
  assert.match(answer.text, /messaging-chats-[\w-]+\.js/)
  assert.match(answer.text, /href="\/chats"[^>]*aria-current="page"/)
})

test('an address names whom to write to, and nothing else gets into the page', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  assert.match((await alice.get('/chats/@bob')).text, /data-user="bob"/)
  const hostile = await alice.get(`/chats/${encodeURIComponent('@"><script>')}`)
  assert.doesNotMatch(hostile.text, /data-user/)
  assert.doesNotMatch(hostile.text, /"><script>/)
})

test('a stranger is sent to sign in and comes back', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const answer = await t.stranger().get('/chats/abc')
  assert.equal(answer.status, 303)
  assert.equal(answer.headers['location'], '/auth/login?return=%2Fchats%2Fabc')
})
