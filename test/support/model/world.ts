import assert from 'node:assert/strict'
import type { DialectName } from '../databases.ts'
import { ask, groupOf, historyOf, openWith, type TestChat } from '../messenger.ts'
import { RestartableStation } from '../restartable-station.ts'
import type { Visitor } from '../visitor.ts'
import { Comings } from './comings.ts'
import { Replica } from './replica.ts'
import { made } from './scene.ts'

const NAMES = ['alice', 'bob', 'carol'] as const
const DEVICES = ['laptop', 'phone'] as const

/** Told to each, or once for all as in a chat of more than a hundred. */
export type Fanout = 'write' | 'read'

/** Three people with two devices each; in every round they have a group, a channel and a private chat. */
export class ModelWorld implements AsyncDisposable {
  readonly #station: RestartableStation
  readonly #fanout: Fanout
  readonly people: readonly Visitor[]
  /** A link that was made for a chat last. */
  readonly links = new Map<string, string>()
  chats: readonly string[] = []
  #devices: ReadonlyMap<Visitor, readonly Replica[]> = new Map()
  #channels = 0
  readonly #comings = new Comings()

  private constructor(station: RestartableStation, people: readonly Visitor[], fanout: Fanout) {
    this.#station = station
    this.people = people
    this.#fanout = fanout
  }

  static async of(dialect: DialectName, fanout: Fanout): Promise<ModelWorld> {
    const station = await RestartableStation.of(dialect)
    const people: Visitor[] = []
    for (const name of NAMES) people.push(await station.person(name))
    return new ModelWorld(station, people, fanout)
  }

  /** New chats, and devices that know them. */
  async begin(): Promise<void> {
    for (const who of this.people) await this.#forgive(who)
    this.chats = [await this.#make(0), await this.#make(1), await this.#make(2)]
    await this.#widen()
    const devices = new Map<Visitor, readonly Replica[]>()
    for (const who of this.people) {
      const own = DEVICES.map((name) => new Replica(who, this.#station, name))
      for (const device of own) await device.bootstrap()
      devices.set(who, own)
    }
    this.#devices = devices
    for (const device of this.#all) await device.connect()
    await this.look()
  }

  /** Whoever has come in sees what the group lets them see; after every deed. */
  async look(): Promise<void> {
    const { reader } = this.#station.t.station.database
    await this.#comings.look(async (sql) => reader.all(sql))
  }

  /** Another chat of the same kind in the place of one that is gone; it is told to each. */
  async replace(chat: string): Promise<void> {
    for (const who of this.people) await this.#forgive(who)
    const at = this.chats.indexOf(chat)
    const fresh = await this.#make(at)
    this.chats = this.chats.with(at, fresh)
  }

  /** Of the newest message of a chat. */
  async lastSeq(chat: string): Promise<number> {
    const { reader } = this.#station.t.station.database
    const [row] = await reader.all('select seq from messaging_chats where id = ?', [chat])
    return Number(row?.['seq'] ?? 0)
  }

  deviceOf(who: Visitor, index: number): Replica {
    const device = this.#devices.get(who)?.[index]
    assert.ok(device)
    return device
  }

  /** Devices that have been silent for too long are sent away. */
  async wait(seconds: number): Promise<void> {
    const { clock, station } = this.#station.t
    clock.advance({ seconds })
    await station.realtime.tick()
  }

  async dropAll(): Promise<void> {
    for (const device of this.#all) await device.drop()
  }

  async restart(): Promise<void> {
    await this.#comingBack(() => this.#station.restart())
  }

  /** @param work what is going on while the power goes, at its `writes`-th statement or later. */
  async kill(writes: number, work: () => Promise<unknown>): Promise<void> {
    await this.#comingBack(async () => {
      this.#station.dieAfter(writes)
      await work()
      await this.dropAll()
      await this.#station.killAndStart()
    })
  }

  /** Every device has been told what is there. */
  async assertTold(): Promise<void> {
    for (const who of this.people) {
      const fresh = await new Replica(who, this.#station, 'fresh').bootstrap()
      for (const device of this.#devices.get(who) ?? []) {
        await device.catchUp()
        assert.deepEqual(device.state, fresh.state)
      }
    }
  }

  /** Nobody reads, nor is quoted, what is not in their view. */
  async assertUnseen(): Promise<void> {
    for (const who of this.people) {
      const { items } = await ask<{ items: readonly TestChat[] }>(who, 'chats.list', { limit: 100 })
      for (const { id, me, pinnedSeqs } of items) {
        const from = me?.clearedSeq ?? 0
        for (const seq of pinnedSeqs) assert.ok(seq > from)
        for (const { seq, reply } of await historyOf(who, id, { limit: 100 })) {
          assert.ok(seq > from)
          if (reply && reply.seq <= from) assert.equal(reply.text, '')
        }
      }
    }
  }

  /** What is kept beside memberships is what counting finds, and no log has a hole. */
  async assertCounted(): Promise<void> {
    const { reader } = this.#station.t.station.database
    for (const row of await reader.all(COUNTED)) {
      const kept = [row['unread'], row['mentions']]
      assert.deepEqual(kept, [row['counted'], row['called']], JSON.stringify(row))
    }
    for (const sql of DENSE) assert.deepEqual(await reader.all(sql), [], sql)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dropAll()
    await this.#station[Symbol.asyncDispose]()
  }

  get #all(): Replica[] {
    return [...this.#devices.values()].flat()
  }

  /** Those who were there are there again. */
  async #comingBack(fault: () => Promise<void>): Promise<void> {
    const here = this.#all.filter(({ isConnected }) => isConnected)
    await fault()
    for (const device of here) await device.connect()
  }

  async #forgive(who: Visitor): Promise<void> {
    for (const other of this.people) {
      if (other !== who) await who.delete(`/api/v1/users/${other.username}/block`)
    }
  }

  get #trio(): readonly [Visitor, Visitor, Visitor] {
    const [alice, bob, carol] = this.people
    assert.ok(alice && bob && carol)
    return [alice, bob, carol]
  }

  /** @param at the place among the chats: a group, a channel and a private chat. */
  async #make(at: number): Promise<string> {
    const [alice, bob, carol] = this.#trio
    if (at === 2) return (await openWith(alice, bob.username)).id
    if (at === 0) return (await groupOf(alice, bob, carol)).id
    const slug = `square-${++this.#channels}`
    const members = [bob.username, carol.username]
    return made(alice, { type: 'channel', title: 'Square', slug, members })
  }

  async #widen(): Promise<void> {
    await this.#station.t.station.database.transaction(async ({ session }) => {
      for (const chat of this.chats.slice(0, 2)) {
        const sql = 'update messaging_chats set fanout = ? where id = ?'
        await session.run(sql, [this.#fanout, chat])
      }
    })
  }
}

const COUNTED = `select m.chat_id, m.user_id, m.unread, m.mentions,
   (select count(*) from messaging_messages t where t.chat_id = m.chat_id
     and t.seq > m.read_seq and t.seq > m.cleared_seq and t.seq > m.joined_seq
     and t.deleted_ms is null and t.kind <> 'service' and t.sender_id <> m.user_id
     and not exists (select 1 from messaging_hidden h where h.user_id = m.user_id
       and h.chat_id = t.chat_id and h.seq = t.seq)) as counted,
   (select count(*) from messaging_mentions c where c.user_id = m.user_id
     and c.chat_id = m.chat_id and c.seq > m.read_seq and c.seq > m.cleared_seq
     and c.seq > m.joined_seq) as called
 from messaging_members m
 join messaging_chats k on k.id = m.chat_id and k.fanout = 'write' where m.state = 'in'`

const DENSE = [
  `select chat_id from messaging_messages group by chat_id having count(*) <> max(seq)`,
  `select chat_id from messaging_events group by chat_id having count(*) <> max(ev)`,
  `select user_id from realtime_updates where type <> 'topic' group by user_id
   having count(*) <> max(pts)`,
]
