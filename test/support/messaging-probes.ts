import { OGG_VOICE } from './films.ts'
import { ONE_PIXEL } from './pictures.ts'
import { MEMBERS, type Probe } from './probe.ts'

/** In somebody else's chat nobody finds anything, whatever their role on the station. */
const NOBODY = '401 404 404 404 404 404'

/** A channel without an address is not there for anybody. */
const NOBODY_PUBLIC = '404 404 404 404 404 404'

/** A method of the messenger, asked about a chat the asker is not in. */
function method(name: string, input: object, gets = NOBODY): [string, Probe] {
  return [`POST /api/v1/rt/${name}`, { json: () => input, gets }]
}

/** A route below a chat the asker is not in. */
function route(line: string, json?: object, gets = NOBODY): [string, Probe] {
  const [, path = ''] = line.split(' ')
  const asked = path
    .replace(':chat', 'nothing')
    .replace(':seq', '1')
    .replace(':emoji', encodeURIComponent('👍'))
    .replace(':username', 'bob')
  return [line, { path: () => asked, ...(json ? { json: () => json } : {}), gets }]
}

const CHAT = '/api/v1/chats/:chat'
const MESSAGE = `${CHAT}/messages/:seq`
const chat = { chat: 'nothing' }
const cid = 'probe-0001'

const page: Probe = { gets: 'login 200 200 200 200 200' }

/** Every method of the messenger, and its pages: the chat in an address is looked for by the page. */
export const MESSAGING_PROBES: Readonly<Record<string, Probe>> = Object.fromEntries([
  ['GET /chats', page],
  ['GET /chats/:chat', page],
  ['POST /me/channel', { form: () => ({ chat: '' }), gets: 'login 303 303 303 303 303' }],
  ['POST /me/last-seen', { form: () => ({ shownTo: 'all' }), gets: 'login 303 303 303 303 303' }],
  [
    'POST /channel/:slug/membership',
    {
      path: () => '/channel/nothing/membership',
      form: () => ({}),
      gets: 'login 404 404 404 404 404',
    },
  ],
  ['GET /join/:token', { path: () => '/join/nothing-at-all', gets: NOBODY_PUBLIC }],
  [
    'POST /join/:token',
    { path: () => '/join/nothing-at-all', form: () => ({}), gets: 'login 404 404 404 404 404' },
  ],
  ...['', '/feed.xml', '/atom.xml'].map((part): [string, Probe] => [
    `GET /channel/:slug${part}`,
    { path: () => `/channel/nothing${part}`, gets: NOBODY_PUBLIC },
  ]),
  route('PUT /api/v1/me/channel', { chat: null }, MEMBERS),
  route('GET /api/v1/chats', undefined, MEMBERS),
  route('POST /api/v1/chats', { type: 'group', title: 'Probe' }, '401 201 201 201 201 201'),
  route(`GET ${CHAT}`),
  route(`PATCH ${CHAT}`, { title: 'Probe' }),
  route(`DELETE ${CHAT}`),
  route(`PUT ${CHAT}/read`, { seq: 1 }),
  route(`PUT ${CHAT}/members/:username`, {}),
  route(`DELETE ${CHAT}/members/:username`),
  route(`GET ${CHAT}/messages`),
  route(`POST ${CHAT}/messages`, { cid, text: 'probe' }),
  route(`PATCH ${MESSAGE}`, { text: 'probe' }),
  route(`DELETE ${MESSAGE}`),
  route(`PUT ${MESSAGE}/reactions/:emoji`, {}),
  route(`DELETE ${MESSAGE}/reactions/:emoji`),
  route(`PUT ${MESSAGE}/pin`, {}),
  route(`DELETE ${MESSAGE}/pin`),
  [
    `POST ${CHAT}/voice`,
    {
      path: () => '/api/v1/chats/nothing/voice',
      upload: { bytes: OGG_VOICE, fields: { durationMs: '900', waveform: '1,2' } },
      gets: NOBODY,
    },
  ],
  [
    `PUT ${CHAT}/photo`,
    {
      path: () => '/api/v1/chats/nothing/photo',
      upload: { bytes: ONE_PIXEL },
      gets: NOBODY,
    },
  ],
  [
    `POST ${CHAT}/media`,
    {
      path: () => '/api/v1/chats/nothing/media',
      upload: { bytes: ONE_PIXEL },
      gets: NOBODY,
    },
  ],
  method('chats.list', {}, MEMBERS),
  method('chats.get', chat),
  method('msg.search', { ...chat, q: 'probe' }),
  method('msg.shared', { ...chat, kind: 'media' }),
  method('chats.beside', chat),
  method('chats.find', { slug: 'nothing' }),
  method('chats.open', { username: 'bob' }, MEMBERS),
  method('chats.create', { type: 'group', title: 'Probe' }, MEMBERS),
  method('chats.update', { ...chat, title: 'Probe' }),
  method('chats.join', chat),
  method('chats.leave', chat),
  method('chats.clear', chat),
  method('chats.delete', { ...chat, for: 'all' }),
  method('chats.read', { ...chat, seq: 1 }),
  method('chats.mark', { ...chat, unread: true }),
  method('chats.mute', { ...chat, until: null }),
  method('chats.pin', { ...chat, position: null }),
  method('chats.archive', { ...chat, archived: true }),
  method('chats.draft', { ...chat, draft: null, ver: 0 }),
  method('members.list', chat),
  method('members.add', { ...chat, usernames: ['bob'] }),
  method('members.remove', { ...chat, user: 'nobody' }),
  method('members.role', { ...chat, user: 'nobody', role: 'admin' }),
  method('members.banned', chat),
  method('members.unban', { ...chat, user: 'nobody' }),
  method('invites.list', chat),
  method('invites.create', chat),
  method('invites.revoke', { ...chat, token: 'nothing-at-all' }),
  method('invites.look', { token: 'nothing-at-all' }),
  method('invites.join', { token: 'nothing-at-all' }),
  method('requests.list', chat),
  method('requests.decide', { ...chat, user: 'nobody', accept: true }),
  method('msg.send', { ...chat, cid, text: 'probe' }),
  method('msg.edit', { ...chat, seq: 1, text: 'probe' }),
  method('msg.delete', { ...chat, seqs: [1], for: 'all' }),
  method('msg.forward', { ...chat, cids: [cid], from: { ...chat, seqs: [1] } }),
  method('msg.draft', { ...chat, seqs: [1] }),
  method('msg.preview', { ...chat, seq: 1 }),
  method('msg.react', { ...chat, seq: 1, emoji: null }),
  method('msg.report', { ...chat, seq: 1 }),
  method('msg.reactions', { ...chat, seq: 1 }),
  method('msg.readers', { ...chat, seq: 1 }),
  method('msg.pin', { ...chat, seq: 1, pinned: true }),
  method('msg.views', { ...chat, seqs: [1] }),
  method('msg.history', chat),
  method('msg.pins', chat),
  method('msg.gallery', { ...chat, seq: 1 }),
  method('msg.mentions', chat),
  method('msg.at', { ...chat, date: '2026-01-01T00:00:00Z' }),
  method('typing.set', { ...chat, what: 'text' }),
  method('presence.of', { users: ['nobody'] }, MEMBERS),
  method('presence.shown', {}, MEMBERS),
  method('presence.show', { lastSeen: 'known' }, MEMBERS),
])
