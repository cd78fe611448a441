import type { Chat, Message } from '../../protocol/dto.ts'
import { type Looker, mayEdit } from '../../desk/may.ts'
import type { Hands } from '../../desk/use-desk.ts'
import { Watched } from '../../store/watched.ts'
import { Answer } from './answer.ts'
import { type Mark, marked, markdownOf } from './marking.ts'
import { charsLeft } from './chars-left.tsx'
import { mentionAt } from './mention-at.ts'
import type { Pen } from './pen.ts'

/** What stands in the composer of one chat, and what becomes of it. */
export class Writing extends Watched {
  readonly #hands: Hands
  readonly #chat: string
  readonly #isGroup: boolean
  #text: string
  #editing: Message | undefined
  #mention: { readonly at: number; readonly query: string } | undefined
  #pen: Pen | null = null
  #hasSelected = false
  readonly #answer: Answer

  constructor(hands: Hands, { id, type }: Chat) {
    super()
    this.#hands = hands
    this.#chat = id
    this.#isGroup = type === 'group'
    this.#text = hands.desk.messenger.drafts.of(id)?.text ?? ''
    this.#answer = new Answer({ desk: hands.desk, chat: id, find: (seq) => this.#find(seq) })
  }

  get text(): string {
    return this.#text
  }

  get mention(): { readonly at: number; readonly query: string } | undefined {
    return this.#mention
  }

  get maySend(): boolean {
    return this.#text.trim() !== '' && charsLeft(this.#text) >= 0 && this.secondsLeft === 0
  }

  /** Until slow mode allows the next message; a change of an older one does not wait. */
  get secondsLeft(): number {
    return this.#editing ? 0 : this.#hands.desk.messenger.slowMode.secondsLeft(this.#chat)
  }

  hold(pen: Pen | null): void {
    this.#pen = pen
  }

  get hasSelected(): boolean {
    return this.#hasSelected
  }

  /** Somebody has selected words of the field, or does so no longer. */
  look(isFocused: boolean): void {
    const { selectionStart: from = 0, selectionEnd: to = 0 } = this.#pen ?? {}
    const hasSelected = isFocused && from !== to
    if (hasSelected === this.#hasSelected) return
    this.#hasSelected = hasSelected
    this.changed()
  }

  /** Begins or ends changing a message; what was written before waits in the draft. */
  edit(message: Message | undefined): void {
    if (message === this.#editing) return
    this.#editing = message
    const { drafts, edits } = this.#hands.desk.messenger
    if (!message) return this.put(drafts.of(this.#chat)?.text ?? '')
    const kept = edits.of(this.#chat)
    if (kept?.message.seq === message.seq) return this.put(kept.text)
    const words = markdownOf(message.text, message.entities)
    edits.begin(message, words)
    this.put(edits.of(this.#chat)?.text ?? words)
  }

  /** Goes on with the change that was begun here. */
  resume(): void {
    const { desk } = this.#hands
    const { edits } = desk.messenger
    const kept = edits.of(this.#chat)
    if (!kept || desk.answering || (desk.editing && desk.editing !== kept.message)) return
    if (kept.text === kept.was) return desk.editing ? undefined : edits.end(this.#chat)
    this.#editing = kept.message
    this.#set(kept.text)
    if (desk.editing) return
    desk.edit(kept.message)
    void this.#lookAgain(kept.message.seq)
  }

  /** The message may have been changed elsewhere, or be no more. */
  async #lookAgain(seq: number): Promise<void> {
    const { desk } = this.#hands
    const { edits } = desk.messenger
    /* The station cannot be asked now: it says so when the change is saved. */
    const found = await this.#look(seq).catch(() => 'unknown' as const)
    const kept = edits.of(this.#chat)
    if (found === 'unknown' || kept?.message.seq !== seq) return
    if (!found || found.deleted) return edits.lost(this.#chat, [seq])
    if (markdownOf(found.text, found.entities) === kept.text.trim()) edits.end(this.#chat)
  }

  /** The change has ended otherwise than by hand. */
  followEdit(): void {
    const { desk } = this.#hands
    const isOver = this.#editing && !desk.messenger.edits.of(this.#chat)
    if (isOver && desk.editing === this.#editing) desk.edit(undefined)
  }

  /** Words have come from elsewhere: those of another device not over what somebody is at. */
  follow(isFocused: boolean): void {
    const { messenger, over } = this.#hands.desk
    /* There they are a caption until that is sent or left. */
    if (over?.kind === 'files') return
    const { drafts } = messenger
    const words = drafts.of(this.#chat)?.text ?? ''
    const isAtWords = isFocused && this.#text !== ''
    if (this.#editing || words === this.#text || (isAtWords && drafts.isTold(this.#chat))) return
    this.#text = words
    this.changed()
  }

  /** The draft says what is answered. */
  followAnswer(): void {
    const { replySeq: seq = null, quote } = this.#hands.desk.messenger.drafts.of(this.#chat) ?? {}
    void this.#answer.follow(seq === null ? undefined : { seq, ...(quote && { quote }) })
  }

  /** The person answers another message, or none. */
  keepAnswer(): void {
    if (this.#answer.chosen()) this.#keep()
  }

  /** Puts words there instead of what stood there, and the caret behind them. */
  put(words: string): void {
    this.#set(words)
    this.#select(words.length, words.length)
  }

  type(words: string): void {
    this.#set(words)
    const caret = this.#pen?.selectionStart ?? words.length
    this.#mention = this.#isGroup ? mentionAt(words, caret) : undefined
    this.changed()
    if (this.#editing) return this.#hands.desk.messenger.edits.write(this.#chat, words)
    const { presence } = this.#hands.desk.messenger
    this.#keep()
    if (words === '') presence.rest(this.#chat)
    else presence.write(this.#chat, 'text')
  }

  mark(mark: Mark): void {
    const { selectionStart: from = 0, selectionEnd: to = 0 } = this.#pen ?? {}
    const written = marked({ text: this.#text, from, to }, mark)
    this.#write(written.text, written.from, written.to)
  }

  insert(words: string): void {
    const { length } = this.#text
    const { selectionStart: from = length, selectionEnd: to = length } = this.#pen ?? {}
    const end = from + words.length
    this.#write(this.#text.slice(0, from) + words + this.#text.slice(to), end)
  }

  chooseMention(username: string): void {
    const mention = this.#mention
    if (!mention) return
    const rest = this.#text.slice(mention.at + mention.query.length + 1)
    const words = `${this.#text.slice(0, mention.at)}@${username} `
    this.#write(words + rest, words.length)
    this.#mention = undefined
  }

  send(): void {
    const { deeds } = this.#hands
    const words = this.#text.trim()
    if (!this.maySend) return
    this.#mention = undefined
    if (this.#editing) {
      void deeds.edit(this.#editing, words)
      return
    }
    this.#set('')
    void deeds.send(this.#chat, words)
    this.#pen?.focus()
  }

  /** Changes what one has said last, when nothing is written. */
  async editLast(): Promise<void> {
    const LOOK_BACK = 50
    const { desk } = this.#hands
    const { messenger } = desk
    const chat = messenger.book.chat(this.#chat)
    const history = await messenger.histories.of(this.#chat)
    for (let seq = history.lastSeq; seq > Math.max(0, history.lastSeq - LOOK_BACK); seq--) {
      const message = history.loaded(seq)
      if (chat && message && isOwn(chat, message, desk.looker)) return desk.edit(message)
    }
  }

  #keep(): void {
    const { drafts } = this.#hands.desk.messenger
    const { seq = null, quote } = this.#answer.keptWith(this.#text) ?? {}
    drafts.write(this.#chat, this.#text, seq, quote)
  }

  /** As if it were typed, where the field can do that: Ctrl Z takes it back. */
  #write(words: string, from: number, to = from): void {
    const isWritten = this.#pen?.put(words) === true
    if (this.#text !== words) this.type(words)
    /* What is pressed next may come before the next picture. */
    if (isWritten) this.#pen?.setSelectionRange(from, to)
    else this.#select(from, to)
  }

  async #find(seq: number): Promise<Message | undefined> {
    /* Its number goes with the words until it can be shown. */
    return this.#look(seq).catch(() => undefined)
  }

  /** @throws when the station had to be asked and could not. */
  async #look(seq: number): Promise<Message | undefined> {
    const FEW = 20
    const history = await this.#hands.desk.messenger.histories.of(this.#chat)
    const known = await history.find(seq)
    if (known) return known
    await history.around(seq, FEW)
    return history.loaded(seq)
  }

  #set(words: string): void {
    this.#text = words
    this.changed()
  }

  #select(from: number, to: number): void {
    requestAnimationFrame(() => {
      this.#pen?.focus()
      this.#pen?.setSelectionRange(from, to)
    })
  }
}

function isOwn(chat: Chat, message: Message, looker: Looker): boolean {
  return message.sender === looker.self && !message.deleted && mayEdit(chat, message, looker)
}
