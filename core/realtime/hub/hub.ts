import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Database, OpenTransaction } from '../../../db/index.ts'
import type { Clock, Log } from '../../app.ts'
import type { StationAuth } from '../../auth/index.ts'
import type { Calls } from '../../calls/calls.ts'
import { CLOSE } from '../sockets/close-codes.ts'
import { type Bearer, Connection, type ConnectionParts } from '../sockets/connection.ts'
import { Crowd } from '../sockets/crowd.ts'
import { readEpoch } from '../log/epoch.ts'
import type { Realtime, Telling, TopicTelling, UpdateData } from '../index.ts'
import { textFrame, topicFrame, updateFrame, updateTail } from '../frames/outgoing-frame.ts'
import { Flusher } from '../sockets/outlet.ts'
import { Presence } from './presence.ts'
import { ToldLog } from '../log/told-log.ts'
import { Topics } from '../sockets/topics.ts'
import { dataText, eventText, MAX_TOLD_BYTES } from '../log/update.ts'
import { type News, TOPIC, UpdateLog } from '../log/update-log.ts'

export interface HubParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly auth: Pick<StationAuth, 'aliveSessions' | 'onRevoked' | 'sessionActor'>
  readonly calls: Pick<Calls, 'call'>
  /** See {@link ConnectionParts.isLimited}. */
  readonly isLimited: boolean
}

/** Safety net for what no commit of this process announces. */
const NEWS_MS = 500
const NEWS_BATCH = 1_000
const TICK_MS = 1_000
/** When clients come back after a restart: spread, so that the door holds. */
const RETRY_MS = [500, 8_000] as const
/** How often a stopping station looks whether requests are still being answered. */
const BUSY_POLL_MS = 20

/** What has been committed, to be said to open sockets. */
interface Said {
  readonly type: string
  /** What it says to everybody, as JSON; absent: what the log says to each. */
  readonly text: string | undefined
  /** What it says to one person alone. */
  readonly me: ReadonlyMap<string, UpdateData | undefined>
}

/** Counters since the start, and what is open now. */
export interface RealtimeFigures {
  readonly sockets: number
  readonly framesIn: number
  readonly updates: number
  readonly dropped: number
}

/** Keeps the log of what each person should know, and tells their open sockets. */
export class RealtimeHub implements Realtime {
  readonly updates: UpdateLog
  /** The same as people are told them. */
  readonly told: ToldLog
  readonly topics = new Topics()
  readonly presence = new Presence()
  readonly #parts: HubParts
  readonly #crowd = new Crowd()
  readonly #flusher = new Flusher()
  readonly #counts = { in: 0, dropped: 0, updates: 0 }
  readonly #timers: NodeJS.Timeout[] = []
  #epoch = ''
  /** Up to here sockets have been told of every row there is. */
  #seq = 0
  #looking: Promise<void> | undefined

  constructor(parts: HubParts) {
    this.#parts = parts
    this.updates = new UpdateLog(parts.database, parts.clock)
    this.told = new ToldLog(this.updates, parts.calls)
    parts.auth.onRevoked(({ userId, sessionIds }) => this.#crowd.revoke(userId, sessionIds))
  }

  /** Must follow the migrations. */
  async start(): Promise<void> {
    this.#epoch = await readEpoch(this.#parts.database)
    this.#seq = await this.updates.lastSeq()
    this.#timers.push(
      setInterval(() => void this.lookForNews(), NEWS_MS).unref(),
      setInterval(() => void this.tick(), TICK_MS).unref(),
    )
  }

  get epoch(): string {
    return this.#epoch
  }

  get nowMs(): number {
    return this.#parts.clock.now().getTime()
  }

  get figures(): RealtimeFigures {
    const { in: framesIn, dropped, updates } = this.#counts
    return { sockets: this.#crowd.size, framesIn, updates, dropped }
  }

  socketsOf(userId: string): number {
    return this.#crowd.of(userId).size
  }

  /** Takes a socket whose handshake is done. */
  accept(
    bearer: Bearer,
    { socket, webSocket }: { readonly socket: Duplex; readonly webSocket: WebSocket },
    ask: ConnectionParts['ask'],
  ): void {
    const connection = new Connection({
      bearer,
      socket,
      webSocket,
      ask,
      isAlive: async () => (await this.#parts.auth.sessionActor(bearer.sessionId)) !== null,
      flusher: this.#flusher,
      updates: this.told,
      topics: this.topics,
      epoch: this.#epoch,
      isLimited: this.#parts.isLimited,
      now: () => this.nowMs,
      greeted: (one) => {
        this.#crowd.closeTwinsOf(one)
        this.presence.arrived(bearer.userId, this.nowMs)
      },
      closed: (one) => {
        this.#crowd.remove(one)
        if (this.socketsOf(bearer.userId) === 0) this.presence.left(bearer.userId, this.nowMs)
      },
      failed: (error) =>
        this.#parts.log.error('A socket failed', { error: String(error), user: bearer.userId }),
      count: (what) => void this.#counts[what]++,
    })
    this.#crowd.add(connection)
  }

  async push(tx: OpenTransaction, userId: string, type: string, data: UpdateData): Promise<void> {
    await this.pushAll(tx, [userId], type, data)
  }

  async pushAll(
    tx: OpenTransaction,
    userIds: readonly string[],
    type: string,
    data: UpdateData,
  ): Promise<void> {
    await this.tell(tx, { type, data, people: [...new Set(userIds)].map((userId) => ({ userId })) })
  }

  async tell(tx: OpenTransaction, { type, data, kept, people }: Telling): Promise<void> {
    const text = data && dataText(type, data, kept && MAX_TOLD_BYTES)
    const line = {
      type,
      data: kept ? dataText(type, kept.reference) : (text ?? '{}'),
      toldBy: kept?.by ?? null,
    }
    const [first] = people
    if (first === undefined) return
    const me = new Map(people.map((person) => [person.userId, person.me]))
    const news =
      me.size === 1
        ? [await this.updates.append(tx, first.userId, line)]
        : await this.updates.appendAll(tx, [...me.keys()], line)
    tx.onCommit(() => this.#committed(news, { type, text, me }))
  }

  async tellTopic(tx: OpenTransaction, telling: TopicTelling): Promise<void> {
    const { topic, ev, type, data } = telling
    const apart = new Set(telling.apart)
    const event = eventText(type, dataText(type, data, MAX_TOLD_BYTES))
    const seq = await this.updates.ring(tx, topic, ev)
    let frame: Buffer | undefined
    tx.onCommit(() => {
      if (seq === this.#seq + 1) this.#seq = seq
      this.topics.offer(topic, ev, () => (frame ??= topicFrame(event)), apart)
    })
  }

  joinTopics(tx: OpenTransaction, userIds: readonly string[]): void {
    tx.onCommit(() => {
      for (const userId of userIds) {
        for (const connection of this.#crowd.of(userId)) connection.askTopics()
      }
    })
  }

  leaveTopic(tx: OpenTransaction, topic: string, userIds: readonly string[]): void {
    tx.onCommit(() => this.topics.leave(topic, new Set(userIds)))
  }

  /** Who has an open socket of this process. */
  get people(): readonly string[] {
    return this.#crowd.people
  }

  online(userIds: readonly string[]): string[] {
    return userIds.filter((userId) => this.socketsOf(userId) > 0)
  }

  hasHeardAll(userId: string, sessionId: string): boolean {
    return [...this.#crowd.of(userId)].some(
      ({ bearer, hasHeardAll }) => bearer.sessionId === sessionId && hasHeardAll,
    )
  }

  signal(userIds: readonly string[], type: string, data: UpdateData): void {
    const text = dataText(type, data)
    let frame: Buffer | undefined
    for (const userId of new Set(userIds)) {
      for (const connection of this.#crowd.of(userId)) {
        frame ??= textFrame(`{"t":"eph","e":${eventText(type, text)}}`)
        connection.signal(frame)
      }
    }
  }

  /** Tells sockets here of what other processes have committed. */
  lookForNews(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => {
        this.#parts.log.warn('The update log could not be read', { error: String(error) })
      })
      .finally(() => {
        this.#looking = undefined
      })
    return this.#looking
  }

  /** Closes what is silent, slow, or without a session; each second. */
  async tick(): Promise<void> {
    for (const connection of this.#crowd.all()) connection.tick()
    this.presence.tick(this.nowMs)
    try {
      const asked = this.#crowd.sessionIds()
      const alive = await this.#parts.auth.aliveSessions(asked)
      this.#crowd.end(new Set(asked.filter((id) => !alive.has(id))))
    } catch (error) {
      this.#parts.log.warn('Sessions could not be checked', { error: String(error) })
    }
  }

  /** Sends everybody away until the next start; answers within `drainMs`. */
  async drain(drainMs: number): Promise<void> {
    for (const timer of this.#timers.splice(0)) clearInterval(timer)
    const goodbye = { t: 'bye', code: CLOSE.restart, reason: 'restart', retry_ms: RETRY_MS }
    for (const connection of this.#crowd.all()) connection.sayGoodbye(JSON.stringify(goodbye))
    const deadline = performance.now() + drainMs
    while (performance.now() < deadline && this.#crowd.all().some(({ isBusy }) => isBusy)) {
      await new Promise((resolve) => setTimeout(resolve, BUSY_POLL_MS))
    }
    const leaving = this.#crowd.all().map((connection) => connection.leave(CLOSE.restart))
    await Promise.all(leaving)
    await this.#looking
  }

  #committed(news: readonly News[], { type, text, me }: Said): void {
    let tail: Buffer | undefined
    for (const { seq, userId, pts } of news) {
      if (seq === this.#seq + 1) this.#seq = seq
      if (text === undefined) {
        this.#reach(userId, pts)
        continue
      }
      let frame: Buffer | undefined
      this.#offer(userId, pts, () => {
        const own = me.get(userId)
        tail ??= updateTail(type, text)
        return (frame ??= updateFrame(pts, tail, own && JSON.stringify(own)))
      })
    }
  }

  #offer(userId: string, pts: number, frame: () => Buffer): void {
    for (const connection of this.#crowd.of(userId)) {
      this.#counts.updates++
      connection.offer(pts, frame)
    }
  }

  #reach(userId: string, pts: number): void {
    for (const connection of this.#crowd.of(userId)) connection.reach(pts)
  }

  async #look(): Promise<void> {
    for (;;) {
      const news = await this.updates.news(this.#seq, NEWS_BATCH)
      for (const { seq, userId, pts } of news) {
        this.#seq = Math.max(this.#seq, seq)
        if (userId.startsWith(TOPIC)) this.topics.reach(userId.slice(TOPIC.length), pts)
        this.#reach(userId, pts)
      }
      if (news.length < NEWS_BATCH) return
    }
  }
}
