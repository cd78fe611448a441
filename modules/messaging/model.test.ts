import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DIALECTS } from '../../test/support/databases.ts'
import { groupOf, newCid, openWith, rt } from '../../test/support/messenger.ts'
import { Replica } from '../../test/support/replica.ts'
import { SocketDoor } from '../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'

const NAMES = ['alice', 'bob', 'carol'] as const
const DEVICES = ['laptop', 'phone'] as const
/** Longer runs are asked for with `QUARK_MODEL_RUNS`, and one again with `QUARK_MODEL_SEED`. */
const RUNS = Number(process.env['QUARK_MODEL_RUNS'] ?? '6')
const SEED = process.env['QUARK_MODEL_SEED']

/** One thing somebody does; refusals are part of life. */
interface Deed {
  readonly by: number
  readonly chat: number
  readonly seq: number
  readonly what:
    | 'send'
    | 'call'
    | 'answer'
    | 'edit'
    | 'hide'
    | 'delete'
    | 'react'
    | 'unreact'
    | 'read'
    | 'pin'
    | 'unpin'
    | 'mark'
    | 'draft'
    | 'clear'
    | 'leave'
    | 'add'
    | 'remove'
    | 'title'
    | 'forward'
    | 'drop'
    | 'meet'
}

const KINDS: readonly Deed['what'][] = [
  'send',
  'send',
  'send',
  'call',
  'answer',
  'edit',
  'hide',
  'delete',
  'react',
  'unreact',
  'read',
  'pin',
  'unpin',
  'mark',
  'draft',
  'clear',
  'leave',
  'add',
  'remove',
  'title',
  'forward',
  'drop',
  'meet',
]

const deed: fc.Arbitrary<Deed> = fc.record({
  by: fc.nat({ max: NAMES.length - 1 }),
  chat: fc.nat({ max: 1 }),
  seq: fc.integer({ min: 1, max: 12 }),
  what: fc.constantFrom(...KINDS),
})

interface World {
  readonly t: TestStation
  readonly people: readonly Visitor[]
  readonly chats: readonly string[]
  readonly devices: readonly (readonly Replica[])[]
}

async function settle({ devices }: World): Promise<void> {
  for (const own of devices) for (const device of own) await device.catchUp()
}

async function act(world: World, { by, chat: index, seq, what }: Deed): Promise<void> {
  const { people, chats, devices } = world
  const who = people[by]
  const other = people[(by + 1) % people.length]
  const chat = chats[index]
  const device = devices[by]?.[seq % DEVICES.length]
  assert.ok(who && other && chat && device)
  const say = (text: string, more: object = {}): [string, object] => [
    'msg.send',
    { chat, cid: newCid(), text, ...more },
  ]
  const deeds: Readonly<Record<Deed['what'], () => readonly [string, object] | null>> = {
    send: () => say(`n${seq}`),
    call: () => say(`@${other.username}`),
    answer: () => say('answer', { reply: { seq } }),
    edit: () => ['msg.edit', { chat, seq, text: `e${seq} @${other.username}` }],
    hide: () => ['msg.delete', { chat, seqs: [seq], for: 'me' }],
    delete: () => ['msg.delete', { chat, seqs: [seq, seq + 1], for: 'all' }],
    react: () => ['msg.react', { chat, seq, emoji: seq % 2 === 0 ? '👍' : '🔥' }],
    unreact: () => ['msg.react', { chat, seq, emoji: null }],
    read: () => ['chats.read', { chat, seq }],
    pin: () => ['msg.pin', { chat, seq, pinned: true }],
    unpin: () => ['msg.pin', { chat, seq, pinned: false }],
    mark: () => ['chats.mark', { chat, unread: true }],
    draft: () => ['chats.draft', { chat, draft: { text: `d${seq}`, replySeq: null }, ver: 1_000 }],
    clear: () => ['chats.clear', { chat }],
    leave: () => ['chats.leave', { chat }],
    add: () => ['members.add', { chat, usernames: [other.username] }],
    remove: () => ['members.remove', { chat, user: other.id }],
    title: () => ['chats.update', { chat, title: `Title ${seq}` }],
    forward: () => ['msg.forward', { chat, cids: [newCid()], from: { chat, seqs: [seq] } }],
    drop: () => null,
    meet: () => null,
  }
  if (what === 'drop') return device.drop()
  if (what === 'meet') return device.connect()
  const asked = deeds[what]()
  if (!asked) return
  const { status, text } = await rt(who, ...asked)
  assert.ok(status < 500, `${asked[0]}: ${text}`)
}

/** What is kept beside memberships is what counting finds. */
async function assertCounted({ database }: TestStation['station']): Promise<void> {
  const rows = await database.reader.all(
    `select m.chat_id, m.user_id, m.unread, m.mentions,
       (select count(*) from messaging_messages t where t.chat_id = m.chat_id
         and t.seq > m.read_seq and t.seq > m.cleared_seq and t.seq > m.joined_seq
         and t.deleted_ms is null and t.kind <> 'service' and t.sender_id <> m.user_id
         and not exists (select 1 from messaging_hidden h where h.user_id = m.user_id
           and h.chat_id = t.chat_id and h.seq = t.seq)) as counted,
       (select count(*) from messaging_mentions c where c.user_id = m.user_id
         and c.chat_id = m.chat_id and c.seq > m.read_seq and c.seq > m.cleared_seq
         and c.seq > m.joined_seq) as called
     from messaging_members m
     join messaging_chats k on k.id = m.chat_id and k.fanout = 'write' where m.state = 'in'`,
  )
  for (const row of rows) {
    assert.deepEqual(
      [row['unread'], row['mentions']],
      [row['counted'], row['called']],
      JSON.stringify(row),
    )
  }
}

/** The group is told to each, or once for all as one of more than a hundred is. */
const WAYS = ['write', 'read'] as const

for (const dialect of DIALECTS) {
  for (const fanout of WAYS)
    test(`${dialect}, ${fanout}: whatever people do, what devices were told is what is there`, async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const people: Visitor[] = []
      for (const name of NAMES) people.push(await t.person(name))
      const [alice, bob, carol] = people
      assert.ok(alice && bob && carol)
      await fc.assert(
        fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 60 }), async (deeds) => {
          const group = await groupOf(alice, bob, carol)
          await t.station.database.transaction(({ session }) =>
            session.run('update messaging_chats set fanout = ? where id = ?', [fanout, group.id]),
          )
          const pair = await openWith(alice, 'bob')
          const devices: Replica[][] = []
          for (const who of people) {
            devices.push(
              await Promise.all(DEVICES.map((name) => new Replica(who, door, name).bootstrap())),
            )
          }
          const world: World = { t, people, chats: [group.id, pair.id], devices }
          for (const each of devices.flat()) await each.connect()
          for (const one of deeds) await act(world, one)
          await settle(world)
          for (const [index, who] of people.entries()) {
            const fresh = await new Replica(who, door, 'fresh').bootstrap()
            for (const device of devices[index] ?? []) assert.deepEqual(device.state, fresh.state)
          }
          await assertCounted(t.station)
          for (const each of devices.flat()) await each.drop()
        }),
        {
          ...(SEED === undefined ? {} : { seed: Number(SEED) }),
          numRuns: dialect === 'sqlite' ? RUNS * 4 : RUNS,
          endOnFailure: true,
        },
      )
    })
}
