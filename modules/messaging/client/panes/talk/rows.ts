import type { Message } from '../../protocol/dto.ts'
import type { Outgoing } from '../../store/outbox.ts'

/** A message on the page: as the station has it, or on its way there. */
export type Shown =
  | { readonly kind: 'message'; readonly key: string; readonly message: Message }
  | { readonly kind: 'outgoing'; readonly key: string; readonly item: Outgoing }

/** Messages of one person in a row, or one line about the chat itself. */
export interface Group {
  readonly key: string
  readonly sender: string | null
  readonly isService: boolean
  readonly messages: readonly Shown[]
  /** The first of what was unread when the chat was opened. */
  readonly startsUnread: boolean
}

export interface Day {
  readonly key: string
  readonly date: string
  readonly groups: readonly Group[]
}

const PAUSE_MS = 60_000
const MAX_IN_GROUP = 5
/** Messages that follow one another without a word of somebody else may be so far apart. */
const STREAK_MS = 5 * 60_000

export interface RowsQuestion {
  readonly items: readonly Message[]
  readonly outgoing: readonly Outgoing[]
  readonly self: string
  /** 0 when nothing was unread, or when it is not on the page. */
  readonly unreadFrom: number
  dayKey(iso: string): string
}

/** The message by which the keys come to all of them. */
export function newestIn(days: readonly Day[]): string | undefined {
  const groups = days.flatMap((day) => day.groups)
  return groups.findLast((group) => !group.isService)?.messages.at(-1)?.key
}

/** Puts messages into days, and within a day into groups by who wrote them. */
export function rowsOf(question: RowsQuestion): Day[] {
  const { items, outgoing, self } = question
  const days: { key: string; date: string; groups: Group[] }[] = []
  const firstUnread = firstUnreadOf(question)
  const shown: Shown[] = [
    ...items.map((message) => ({ kind: 'message' as const, key: keyOf(message, self), message })),
    ...outgoing.map((item) => ({ kind: 'outgoing' as const, key: item.cid, item })),
  ]
  for (const each of shown) {
    const date = dateOf(each)
    const dayKey = question.dayKey(date)
    let day = days.at(-1)
    /* A clock that is wrong here must not open a day twice. */
    if (!day || (day.key !== dayKey && date > day.date)) {
      day = { key: dayKey, date, groups: [] }
      days.push(day)
    }
    const startsUnread = each.kind === 'message' && each.message === firstUnread
    const group = day.groups.at(-1)
    if (group && !startsUnread && joins(group, each, self)) {
      day.groups[day.groups.length - 1] = { ...group, messages: [...group.messages, each] }
    } else day.groups.push(groupOf(each, self, startsUnread))
  }
  return days
}

/** What one has said oneself is not new, unless there is nothing else. */
function firstUnreadOf({ items, self, unreadFrom }: RowsQuestion): Message | undefined {
  if (unreadFrom === 0) return undefined
  const after = items.filter(({ seq }) => seq >= unreadFrom)
  return after.find(({ sender }) => sender !== self) ?? after[0]
}

/** The same before and after it arrives, so that nothing on the page is drawn anew. */
export function keyOf({ sender, cid, seq }: Message, self: string): string {
  return sender === self && cid ? cid : String(seq)
}

function groupOf(each: Shown, self: string, startsUnread: boolean): Group {
  return {
    key: each.key,
    sender: senderOf(each, self),
    isService: isService(each),
    messages: [each],
    startsUnread,
  }
}

function joins(group: Group, each: Shown, self: string): boolean {
  if (group.isService || isService(each) || group.sender !== senderOf(each, self)) return false
  const [first, last] = [group.messages[0], group.messages.at(-1)]
  if (!first || !last) return false
  const pause = Date.parse(dateOf(each)) - Date.parse(dateOf(last))
  if (pause <= PAUSE_MS) return true
  return pause <= STREAK_MS && group.messages.length < MAX_IN_GROUP
}

function isService(each: Shown): boolean {
  return each.kind === 'message' && each.message.kind === 'service'
}

function senderOf(each: Shown, self: string): string | null {
  return each.kind === 'message' ? each.message.sender : self
}

function dateOf(each: Shown): string {
  return each.kind === 'message' ? each.message.date : each.item.at
}
