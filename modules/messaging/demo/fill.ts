import { type DemoStage, newId } from '#core'
import { createChat } from '../chats/chats.ts'
import { sendMessage } from '../messages/composing.ts'
import { setPin } from '../messages/pins.ts'
import { openPrivate } from '../chats/private-chats.ts'
import { react } from '../messages/reactions.ts'
import { markRead } from '../reading/reading.ts'
import type { Room } from '../room.ts'
import { SteadyClock } from '../log/steady-clock.ts'
import { CHATS, type DemoChat, type DemoLine } from './chats.ts'

const MINUTE_MS = 60_000
/** A chat is there a little before its first word. */
const BEFORE_FIRST_MS = 10 * MINUTE_MS

/** Conversations of people who are here; without them there is nobody to talk. */
export async function fillWithChats(room: Room, stage: DemoStage): Promise<void> {
  for (const chat of CHATS) {
    const names = [chat.owner, ...chat.others]
    const people = await room.people.known(names)
    if (!names.every((name) => people.has(name))) continue
    await talk(room, chat, new Map([...people].map(([name, { id }]) => [name, id])))
    stage.say(chat.title ?? names.map((name) => `@${name}`).join(' ↔ '))
  }
}

async function talk(room: Room, chat: DemoChat, ids: ReadonlyMap<string, string>): Promise<void> {
  const time = new StagedTime(room)
  const staged: Room = { ...room, clock: new SteadyClock(time) }
  time.set(minutesOf(chat) * MINUTE_MS + BEFORE_FIRST_MS)
  const chatId = await begin(staged, chat, ids)
  const seqs: number[] = []
  const say = async (line: DemoLine): Promise<void> => {
    time.set(line.minutesAgo * MINUTE_MS)
    seqs.push(await speak(staged, chatId, line, ids, seqs))
  }
  for (const line of chat.lines) await say(line)
  for (const id of ids.values()) await markRead(staged, id, chatId, seqs.at(-1) ?? 0)
  for (const line of chat.unread ?? []) await say(line)
}

function minutesOf({ lines }: DemoChat): number {
  return Math.max(...lines.map(({ minutesAgo }) => minutesAgo))
}

async function begin(
  room: Room,
  { type, title = '', about, slug, owner, others }: DemoChat,
  ids: ReadonlyMap<string, string>,
): Promise<string> {
  const ownerId = ids.get(owner) ?? ''
  if (type !== 'private') {
    return createChat(room, ownerId, { type, title, about, slug, members: others })
  }
  const { chatId } = await openPrivate(room, ownerId, others[0] ?? '')
  return chatId
}

async function speak(
  room: Room,
  chatId: string,
  { author, text, answers, reactions = {}, isPinned = false }: DemoLine,
  ids: ReadonlyMap<string, string>,
  before: readonly number[],
): Promise<number> {
  const authorId = ids.get(author) ?? ''
  const answered = answers === undefined ? undefined : before.at(-answers)
  const { seq } = await sendMessage(room, authorId, chatId, {
    cid: newId(),
    text,
    ...(answered === undefined ? {} : { reply: { seq: answered } }),
  })
  for (const [name, emoji] of Object.entries(reactions)) {
    await react(room, ids.get(name) ?? '', chatId, { seq, emoji })
  }
  if (isPinned) await setPin(room, authorId, chatId, { seq, pinned: true })
  return seq
}

/** The time of a play: so long ago. */
class StagedTime {
  readonly #startedMs: number
  #agoMs = 0

  constructor({ clock }: Room) {
    this.#startedMs = clock.nowMs()
  }

  set(agoMs: number): void {
    this.#agoMs = agoMs
  }

  now(): Date {
    return new Date(this.#startedMs - this.#agoMs)
  }
}
