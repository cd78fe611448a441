import assert from 'node:assert/strict'
import { Authenticator } from './authenticator.ts'
import { ask, newCid, openWith, send } from './messenger.ts'
import { ONE_PIXEL } from './pictures.ts'
import type { TestStation } from './station.ts'
import type { Visitor } from './visitor.ts'

/** Stands in whatever the person has written; found by {@link personalIn}. */
export const MARK = 'Xylophone'
const NAME = 'marie'
const ADDRESS = '198.51.100.77'
const AT = '2026-01-01T00:00:00.000Z'
const LATER = '2099-01-01T00:00:00.000Z'

/** A person and another one, between whom everything has happened that a station keeps. */
export async function inhabit(t: TestStation): Promise<{ marie: Visitor; bob: Visitor }> {
  const marie = await t.person(NAME)
  const bob = await t.person('bob')
  await guard(t, marie)
  await blog(t, marie)
  await meet(marie, bob)
  await talk(marie, bob)
  await t.settle()
  await marie.post('/api/v1/me/export')
  await t.stranger().post('/api/v1/auth/forgot', { email: `${NAME}@example.org` })
  await t.settle()
  await fill(t, marie)
  return { marie, bob }
}

async function guard(t: TestStation, { id, username }: Visitor): Promise<void> {
  const { secret, ticket } = await t.station.auth.factors.offer({ id, username })
  const code = new Authenticator(secret).code(t.clock.now())
  await t.station.auth.factors.confirm(id, { ticket, code })
}

async function blog(t: TestStation, marie: Visitor): Promise<void> {
  await marie.patch('/api/v1/me', { bio: `${MARK}-Bio`, displayName: `${MARK}-Name` })
  const post = { title: `${MARK}-Post`, tags: [`${MARK}-Tag`], status: 'published' }
  const made = await marie.post('/api/v1/posts', {
    ...post,
    content: { markdown: `${MARK} words` },
  })
  assert.equal(made.status, 201, made.text)
  const { id, rev } = made.json<{ id: string; rev: number }>()
  await marie.patch(`/api/v1/posts/${id}`, { baseRev: rev, title: `${MARK}-Post again` })
  const read = await t.stranger().get(`/user/${NAME}/blog/xylophone-post`)
  assert.equal(read.status, 200)
}

async function meet(marie: Visitor, bob: Visitor): Promise<void> {
  await marie.put('/api/v1/users/bob/follow', {})
  await bob.put(`/api/v1/users/${NAME}/follow`, {})
  const report = { subject: `user/${bob.id}`, path: '/user/bob', reason: 'spam', text: MARK }
  assert.equal((await marie.post('/api/v1/reports', report)).status, 201)
  const about = { subject: `user/${marie.id}`, path: `/user/${NAME}`, reason: 'spam', text: 'no' }
  assert.equal((await bob.post('/api/v1/reports', about)).status, 201)
}

async function talk(marie: Visitor, bob: Visitor): Promise<void> {
  const { id: chat } = await openWith(marie, 'bob')
  const { id: savedOfBob } = await openWith(bob, 'bob')
  const group = { type: 'group', title: 'Group', members: ['bob'] }
  const { chat: shared } = await ask<{ chat: { id: string } }>(marie, 'chats.create', group)
  await ask(marie, 'invites.create', { chat: shared.id })
  await ask(marie, 'chats.create', { type: 'group', title: `${MARK} alone`, members: [] })
  const form = { bytes: ONE_PIXEL, fields: { alt: MARK } }
  const picture = await marie.upload(`/api/v1/chats/${chat}/media`, form)
  assert.equal(picture.status, 201, picture.text)
  const mediaIds = [picture.json<{ id: string }>().id]
  const said = await send(marie, chat, `${MARK} one`, { mediaIds })
  await ask(marie, 'msg.edit', { chat, seq: said.seq, text: `${MARK} two` })
  const from = { chat, seqs: [said.seq] }
  await ask(bob, 'msg.forward', { chat: savedOfBob, cids: [newCid()], from })
  const quote = { text: MARK, offset: 0 }
  await send(bob, chat, 'yes', { reply: { seq: said.seq, quote } })
  const calling = {
    entities: [{ type: 'mention', offset: 5, length: 3, userId: marie.id }],
  }
  const called = await send(bob, shared.id, 'hear you', calling)
  await send(bob, shared.id, 'hear you again', calling)
  const order = { chat: shared.id, seq: called.seq, text: 'hear you, now', ...calling }
  await ask(bob, 'msg.edit', order)
  await ask(marie, 'msg.react', { chat: shared.id, seq: called.seq, emoji: '👍' })
  await ask(marie, 'msg.delete', { chat: shared.id, seqs: [called.seq], for: 'me' })
  await ask(marie, 'chats.read', { chat, seq: said.seq + 1 })
  const draft = { text: MARK, entities: [], replySeq: null }
  await ask(marie, 'chats.draft', { chat, draft, ver: 0 })
  const begun = { text: 'hear you', ...calling, replySeq: null }
  await ask(bob, 'chats.draft', { chat: shared.id, draft: begun, ver: 0 })
}

type Statement = readonly [sql: string, parameters: readonly (string | number)[]]

/** What no test can do at the front door, or only after days. */
function statements(id: string): readonly Statement[] {
  const mail = `${NAME}@example.org`
  return [
    ['update sessions set ip = ?, user_agent = ? where user_id = ?', [ADDRESS, MARK, id]],
    ['update consent_records set ip = ?, user_agent = ? where user_id = ?', [ADDRESS, MARK, id]],
    ['update letters set subject = ? where recipient = ?', [MARK, mail]],
    [
      `insert into account_links (token_hash, purpose, user_id, epoch, email, created_at, expires_at)
       values (?, 'email', ?, 0, ?, ?, ?)`,
      ['1', id, `${MARK}@example.org`, AT, LATER],
    ],
    [
      `insert into invitations (id, token_hash, made_by, note, max_uses, uses, created_at, expires_at)
       values ('i', 'i', ?, ?, 1, 0, ?, ?)`,
      [id, MARK, AT, LATER],
    ],
    [
      `insert into registrations (id, username, email, password_hash, password_scheme, pepper_kid,
         token_hash, data, locale, created_at, expires_at)
       values ('r', ?, ?, '', '', '', 'r', '{}', 'en', ?, ?)`,
      [`${MARK}-name`, mail, AT, LATER],
    ],
    [
      `insert into notification_choices (user_id, kind, in_app, push, mail) values (?, 'k', 1, 1, 1)`,
      [id],
    ],
    ['insert into notification_preferences (user_id, is_discreet) values (?, 1)', [id]],
    [
      `insert into push_subscriptions (id, user_id, session_id, endpoint, p256dh, auth, created_at)
       select 'p', user_id, id, ?, '', '', created_at from sessions where user_id = ? limit 1`,
      [`https://push.example/${MARK}`, id],
    ],
    [
      `insert into event_deliveries (consumer, seq, subject, state, attempts, next_at, error)
       select 'nobody', max(seq), ?, 'dead', 1, ?, '' from events where envelope like ?`,
      [`user/${id}`, LATER, `%"actor":"${id}"%`],
    ],
    [
      `insert into blog_media (id, author_id, source_key, source_url, title, alt, state, created_at)
       values ('b', ?, 's', 'https://example.org', ?, ?, 'kept', ?)`,
      [id, MARK, MARK, AT],
    ],
    [
      `insert into blog_comments (id, post_id, kind, status, author_id, author_name, author_url, doc,
         html, renderer, created_at)
       select 'c', id, 'comment', 'approved', ?, ?, ?, '{}', '', 1, ? from blog_posts limit 1`,
      [id, MARK, `https://${MARK}.example`, AT],
    ],
    ['insert into messaging_views (chat_id, seq, user_id) values (?, 1, ?)', ['v', id]],
    [
      `insert into messaging_presence (user_id, seen_ms, shown_to) values (?, 1, 'all')
       on conflict do nothing`,
      [id],
    ],
    [`update messaging_chats set blog_of = ?, top_reader = ? where title = 'Group'`, [id, id]],
  ]
}

/** What moderators have decided about a post of the person, and about the person. */
function decisions(id: string): readonly Statement[] {
  return ['post/p', `user/${id}`].map((subject, index) => [
    `insert into moderation_decisions (id, subject, deed, reason, words, note, decided_by, decided_at,
       author_id, title, excerpt, was_hidden, answer)
     values (?, ?, 'keep', 'spam', ?, ?, 'somebody', ?, ?, ?, ?, 0, ?)`,
    [`decision-${index}`, subject, MARK, MARK, AT, id, MARK, MARK, MARK],
  ])
}

async function fill(t: TestStation, { id }: Visitor): Promise<void> {
  await t.station.database.transaction(async ({ session }) => {
    for (const [sql, parameters] of [...statements(id), ...decisions(id)])
      await session.run(sql, parameters)
  })
}

/** `table.column` of every column in which the person stands: by id, name, address or words. */
export async function personalIn(t: TestStation, { id }: Visitor): Promise<string[]> {
  const marks = [id, MARK.toLowerCase(), `"${NAME}"`, `${NAME}@`, ADDRESS]
  const { reader, dialect } = t.station.database
  const tables = await reader.all(
    dialect === 'sqlite'
      ? `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
      : `select table_name as name from information_schema.tables
         where table_schema = current_schema()`,
  )
  const found = new Set<string>()
  for (const { name } of tables) {
    for (const row of await reader.all(`select * from "${String(name)}"`)) {
      for (const [column, value] of Object.entries(row)) {
        const bytes = value instanceof Uint8Array ? Buffer.from(value) : value
        const text = `"${String(bytes)}"`.toLowerCase()
        if (marks.some((mark) => text.includes(mark))) found.add(`${String(name)}.${column}`)
      }
    }
  }
  return [...found].toSorted()
}
