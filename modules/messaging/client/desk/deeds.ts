import { Refused } from '#client'
import type { Chat, Message, Person } from '../protocol/dto.ts'
import { newCid } from '../store/cid.ts'
import { nameOf } from '../store/effects.ts'
import type { OutgoingFile } from '../store/outbox.ts'
import type { Desk } from './desk.ts'
import { KeptAway } from './kept-away.ts'
import { sendPhoto } from './photo.ts'
import { recounted } from './recounted.ts'
import { replyTo } from './reply-to.ts'

interface OneChat {
  readonly chat: Chat
  readonly people?: readonly Person[]
}

/** A person as the users' own module tells. */
interface Profile {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly avatarUrl?: string | null
}

interface OfChat {
  readonly chat: string
  readonly [member: string]: unknown
}

/** Parts of the page do without what this station does not have. */
const QUIET = new Set(['QL_RT_METHOD_UNKNOWN'])

/** What the person does with chats and messages. Whatever goes wrong is told in words. */
export class Deeds {
  readonly #desk: Desk
  readonly keptAway = new KeptAway()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Opens the chat with somebody; it begins with the first message. */
  async write(username: string): Promise<void> {
    const answer = await this.#ask('chats.open', { username })
    if (answer) await this.#enter(answer as OneChat)
  }

  async openSaved(): Promise<void> {
    const { book, self } = this.#desk.messenger
    const known = book.all().find(({ type }) => type === 'saved')
    if (known) this.#desk.show(known.id)
    else await this.write(self.username)
  }

  async create(input: {
    type: 'group' | 'channel'
    title: string
    about?: string
    slug?: string
    members?: readonly string[]
  }): Promise<boolean> {
    const answer = await this.#ask('chats.create', input)
    if (!answer) return false
    await this.#enter(answer as OneChat)
    return true
  }

  async update(chat: string, change: object): Promise<boolean> {
    const answer = await this.#ask('chats.update', { chat, ...change })
    if (!answer) return false
    await this.#desk.messenger.keep([(answer as OneChat).chat])
    return true
  }

  async send(chat: string, text: string, files: readonly OutgoingFile[] = []): Promise<void> {
    const { messenger, answering, quote } = this.#desk
    const draftVer = messenger.drafts.sent(chat)
    const at = new Date(this.#desk.nowMs).toISOString()
    const reply = answering ? { ...replyTo(answering), ...(quote && { quote }) } : null
    if (answering) this.#desk.answer(undefined)
    messenger.presence.rest(chat)
    const kept = messenger.outbox.add({
      cid: newCid(),
      chat,
      at,
      text,
      files,
      reply,
      draftVer,
      state: 'waiting',
      wasTried: false,
    })
    this.#desk.speak()
    await kept
  }

  /** What was written stays in the field until the station has it. */
  async edit(m: Message, text: string): Promise<boolean> {
    const answer = await this.#ask('msg.edit', { chat: m.chat, seq: m.seq, text })
    if (!answer) return false
    const { edits } = this.#desk.messenger
    /* Whoever has typed on meanwhile goes on changing it. */
    if (edits.of(m.chat)?.text.trim() === text) {
      edits.end(m.chat)
      if (this.#desk.editing === m) this.#desk.edit(undefined)
    }
    const { m: edited } = answer as { m: Message }
    await this.#desk.messenger.apply({ k: 'msg.edit', chat: m.chat, ev: 0, m: edited })
    return true
  }

  async remove(chat: string, seqs: readonly number[], whose: 'me' | 'all'): Promise<void> {
    const { messenger } = this.#desk
    this.#desk.selectNone()
    const answer = await this.#ask('msg.delete', { chat, seqs, for: whose })
    if (answer) await messenger.apply({ k: 'msg.del', chat, seqs })
  }

  /** Shown at once; taken back when the station says no. */
  async react(m: Message, emoji: string): Promise<void> {
    const { messenger } = this.#desk
    const was = m.reactions.find(({ mine }) => mine)?.emoji ?? null
    const chosen = was === emoji ? null : emoji
    const show = (from: string | null, to: string | null): Promise<void> =>
      messenger.apply({
        k: 'msg.react',
        chat: m.chat,
        ev: 0,
        seq: m.seq,
        user: messenger.self.id,
        emoji: to,
        reactions: recounted(m, from, to),
      })
    await show(was, chosen)
    const input = { chat: m.chat, seq: m.seq, emoji: chosen }
    const answer = await this.#ask('msg.react', input)
    if (!answer) await show(was, was)
  }

  async pin(m: Message, pinned: boolean): Promise<void> {
    await this.#ask('msg.pin', { chat: m.chat, seq: m.seq, pinned })
  }

  async unpin(chat: string, seq: number): Promise<void> {
    await this.#ask('msg.pin', { chat, seq, pinned: false })
  }

  async forward(from: string, seqs: readonly number[], to: Chat): Promise<void> {
    const { say } = this.#desk
    const sorted = seqs.toSorted((a, b) => a - b)
    const cids = sorted.map(() => newCid())
    this.#desk.selectNone()
    const answer = await this.#ask('msg.forward', {
      chat: to.id,
      cids,
      from: { chat: from, seqs: sorted },
    })
    if (answer)
      this.#desk.tell(say('forward.done', { count: sorted.length, title: this.titleOf(to) }))
  }

  /** Into the saved messages. */
  async save(from: string, seqs: readonly number[]): Promise<void> {
    const { book, self } = this.#desk.messenger
    const known = book.all().find(({ type }) => type === 'saved')
    const saved =
      known ??
      ((await this.#ask('chats.open', { username: self.username })) as OneChat | undefined)?.chat
    if (saved) await this.forward(from, seqs, saved)
  }

  /** Begins a post with what the messages say, and leads to where it is written on. */
  async draft(chat: string, seqs: readonly number[]): Promise<void> {
    const answer = await this.#ask('msg.draft', { chat, seqs: seqs.toSorted((a, b) => a - b) })
    if (!answer) return
    this.#desk.selectNone()
    location.assign((answer as { path: string }).path)
  }

  /** Leads to where one says what is wrong with it. */
  async report({ chat, seq }: Message): Promise<void> {
    const answer = (await this.#ask('msg.report', { chat, seq })) as
      | { path: string | null }
      | undefined
    if (answer?.path) location.assign(answer.path)
  }

  /** The card of a link goes from the message, for everybody. */
  async removePreview({ chat, seq }: Message): Promise<void> {
    const answer = await this.#ask('msg.preview', { chat, seq })
    if (answer)
      await this.#desk.messenger.apply({ k: 'msg.preview', chat, ev: 0, seq, preview: null })
  }

  async mute(chat: string, until: string | null): Promise<void> {
    await this.#mine('chats.mute', { chat, until }, (me) => ({ ...me, mutedUntil: until }))
  }

  async pinChat(chat: string, isPinned: boolean): Promise<void> {
    const { book } = this.#desk.messenger
    const last = Math.max(-1, ...book.all().map(({ me }) => me?.pinned ?? -1))
    const position = isPinned ? last + 1 : null
    await this.#mine('chats.pin', { chat, position }, (me) => ({ ...me, pinned: position }))
  }

  async archive(chat: string, archived: boolean): Promise<void> {
    await this.#mine('chats.archive', { chat, archived }, (me) => ({ ...me, archived }))
    const { say } = this.#desk
    const label = say('undo')
    this.#desk.tell(say(archived ? 'archive.done' : 'archive.undone'), {
      label,
      run: () => void this.archive(chat, !archived),
    })
  }

  async markUnread(chat: string, unread: boolean): Promise<void> {
    const { book, marks } = this.#desk.messenger
    const known = book.chat(chat)
    if (!unread && known) marks.mark(chat, known.lastSeq)
    await this.#mine('chats.mark', { chat, unread }, (me) => ({ ...me, markedUnread: unread }))
  }

  /** Into a chat whose address everybody knows. */
  async join(chat: string): Promise<void> {
    const answer = await this.#ask('chats.join', { chat })
    if (answer) await this.#enter(answer as OneChat)
  }

  async leave(chat: string): Promise<void> {
    if (await this.#ask('chats.leave', { chat })) await this.#gone(chat, 'left')
  }

  async removeChat(chat: string, whose: 'me' | 'all'): Promise<void> {
    if (await this.#ask('chats.delete', { chat, for: whose })) await this.#gone(chat, 'deleted')
  }

  async clear(chat: string): Promise<void> {
    const { messenger } = this.#desk
    const history = await messenger.histories.of(chat)
    if (!(await this.#ask('chats.clear', { chat }))) return
    const seqs = Array.from({ length: history.lastSeq }, (_each, index) => index + 1)
    await messenger.apply({ k: 'msg.del', chat, seqs })
  }

  async block(person: Person, isBlocked: boolean): Promise<void> {
    const { say } = this.#desk
    const isDone = await this.keptAway.set(person, isBlocked)
    const key = isDone ? (isBlocked ? 'block.done' : 'block.undone') : 'error.network'
    this.#desk.tell(say(key, { name: person.displayName }))
  }

  /** Another photo of a group or a channel; undefined: none. */
  async setPhoto(chat: string, photo: File | undefined): Promise<boolean> {
    if (!photo) return this.update(chat, { photoId: null })
    const answer = await sendPhoto(chat, photo)
    if ('id' in answer) await this.#desk.messenger.keep([answer])
    else this.#desk.tell(answer.detail ?? this.#desk.say('error.network'))
    return 'id' in answer
  }

  /** Asks a method for a part of the page that shows the answer itself. */
  async look(method: string, input: object): Promise<unknown> {
    return this.#ask(method, input)
  }

  /** The same for what nobody has pressed: that there is no connection is said in one place. */
  async peek(method: string, input: object): Promise<unknown> {
    return this.#ask(method, input, true)
  }

  /** Those whose name begins so. */
  async people(name: string): Promise<readonly Person[]> {
    const answer = await this.#ask('msg.search', { q: name })
    return (answer as { people?: readonly Person[] } | undefined)?.people ?? []
  }

  /** The one who is called exactly so. */
  async person(username: string): Promise<readonly Person[]> {
    const answer = await fetch(`/api/v1/users/${encodeURIComponent(username)}`).catch(
      () => undefined,
    )
    if (!answer?.ok) return []
    const { id, displayName, avatarUrl, ...profile } = (await answer.json()) as Profile
    const name = { username: profile.username, displayName, avatar: avatarUrl ?? null }
    return [{ id, ...name, flavour: null, deleted: false }]
  }

  async copy(text: string): Promise<void> {
    const { say } = this.#desk
    const isDone = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    this.#desk.tell(say(isDone ? 'copy.done' : 'copy.failed'))
  }

  /** Several messages as text, each under its author. */
  async copyMessages(chat: string, seqs: readonly number[]): Promise<void> {
    const { messenger, say, dates } = this.#desk
    const history = await messenger.histories.of(chat)
    const messages = seqs.flatMap((seq) => history.loaded(seq) ?? [])
    const [only] = messages
    const parts = messages.map(({ sender, date, text }) => {
      const name = nameOf(messenger.book.person(sender), say('somebody'))
      return `${name}, ${dates.full(date)}\n${text}`
    })
    await this.copy(messages.length === 1 && only ? only.text : parts.join('\n\n'))
    this.#desk.selectNone()
  }

  titleOf(chat: Chat): string {
    const { say } = this.#desk
    if (chat.type === 'saved') return say('saved')
    if (chat.type !== 'private') return chat.title
    const { peer } = chat
    return !peer || peer.deleted ? say('deletedPerson') : peer.displayName || peer.username
  }

  async #enter({ chat, people }: OneChat): Promise<void> {
    await this.#desk.messenger.keep([chat], people)
    this.#desk.show(chat.id)
  }

  async #gone(chat: string, reason: 'left' | 'deleted'): Promise<void> {
    if (this.#desk.chat === chat) this.#desk.show(undefined)
    await this.#desk.messenger.apply({ k: 'chat.gone', chat, reason })
  }

  async #mine(
    method: string,
    input: OfChat,
    change: (me: NonNullable<Chat['me']>) => Chat['me'],
  ): Promise<void> {
    const { messenger } = this.#desk
    const before = messenger.book.chat(input.chat)
    if (!before?.me) return
    await messenger.keep([{ ...before, me: change(before.me) }])
    if (await this.#ask(method, input)) return
    const now = messenger.book.chat(input.chat)
    if (now) await messenger.keep([{ ...now, me: before.me }])
  }

  /** Undefined when it was refused or could not be asked; the person has been told. */
  async #ask(method: string, input: object, isQuiet = false): Promise<unknown> {
    try {
      return (await this.#desk.messenger.ask(method, input)) ?? {}
    } catch (error) {
      const isUnsaid = error instanceof Refused ? QUIET.has(error.failure.code) : isQuiet
      if (isUnsaid) return undefined
      const isRefused = error instanceof Refused && error.failure.detail !== ''
      this.#desk.tell(isRefused ? error.failure.detail : this.#desk.say('error.network'))
      return undefined
    }
  }
}
