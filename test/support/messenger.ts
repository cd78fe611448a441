import assert from 'node:assert/strict'
import type { Answer, Visitor } from './visitor.ts'

/** A chat as methods answer it; only what tests look at. */
export interface TestChat {
  readonly id: string
  readonly type: string
  readonly title: string
  readonly slug: string | null
  readonly members: number
  readonly large: boolean
  readonly ev: number
  readonly lastSeq: number
  readonly othersReadSeq: number
  readonly pinnedSeqs: readonly number[]
  readonly last: TestMessage | null
  readonly peer: { readonly id: string; readonly username: string } | null
  readonly me: {
    readonly role: string
    readonly unread: number
    readonly mentions: number
    readonly readSeq: number
    readonly joinedSeq: number
    readonly clearedSeq: number
    readonly pinned: number | null
    readonly archived: boolean
    readonly markedUnread: boolean
    readonly mutedUntil: string | null
    readonly draft: {
      readonly text: string
      readonly replySeq: number | null
      readonly quote?: { readonly text: string; readonly offset: number }
      readonly ver: number
    } | null
  } | null
}

export interface TestMessage {
  readonly chat: string
  readonly seq: number
  readonly cid: string
  readonly sender: string | null
  readonly date: string
  readonly text: string
  readonly kind: string
  readonly ver: number
  readonly editedAt: string | null
  readonly deleted?: true
  readonly entities: readonly { readonly type: string; readonly userId?: string }[]
  readonly media: readonly { readonly id: string; readonly url: string }[]
  readonly reactions: readonly { emoji: string; count: number; mine: boolean }[]
  readonly reply: { readonly seq: number; readonly text: string } | null
  readonly forward: { name: string; userId: string | null; chat: string | null } | null
  readonly service: { readonly what: string } | null
  readonly views?: number
  readonly mentionsMe?: true
}

let last = 0

/** A new number for a message. */
export function newCid(): string {
  return `test-cid-${(++last).toString().padStart(6, '0')}`
}

/** Asks a method by POST. */
export function rt(who: Visitor, method: string, input: object = {}): Promise<Answer> {
  return who.post(`/api/v1/rt/${method}`, input)
}

/** Asks a method that must succeed. */
export async function ask<T = Record<string, unknown>>(
  who: Visitor,
  method: string,
  input: object = {},
): Promise<T> {
  const answer = await rt(who, method, input)
  assert.equal(answer.status, 200, `${method}: ${answer.text}`)
  return answer.json<T>()
}

/** Asks a method that must fail. @returns its code. */
export async function refused(who: Visitor, method: string, input: object = {}): Promise<string> {
  const answer = await rt(who, method, input)
  assert.notEqual(answer.status, 200, `${method} was not refused`)
  return answer.json<{ code: string }>().code
}

export async function openWith(who: Visitor, whom: string): Promise<TestChat> {
  return (await ask<{ chat: TestChat }>(who, 'chats.open', { username: whom })).chat
}

/** A group with a name of its own. */
export async function groupOf(owner: Visitor, ...members: readonly Visitor[]): Promise<TestChat> {
  const order = { type: 'group', title: 'Group', members: members.map(({ username }) => username) }
  return (await ask<{ chat: TestChat }>(owner, 'chats.create', order)).chat
}

export async function send(
  who: Visitor,
  chat: string,
  text: string,
  more: object = {},
): Promise<TestMessage & { readonly dup: boolean }> {
  const order = { chat, cid: newCid(), text, ...more }
  const sent = await ask<{ dup: boolean; m: TestMessage }>(who, 'msg.send', order)
  return { ...sent.m, dup: sent.dup }
}

export async function chatOf(who: Visitor, chat: string): Promise<TestChat> {
  return (await ask<{ chat: TestChat }>(who, 'chats.get', { chat })).chat
}

export async function chatsOf(who: Visitor, more: object = {}): Promise<TestChat[]> {
  return (await ask<{ items: TestChat[] }>(who, 'chats.list', more)).items
}

export async function historyOf(
  who: Visitor,
  chat: string,
  more: object = {},
): Promise<TestMessage[]> {
  return (await ask<{ items: TestMessage[] }>(who, 'msg.history', { chat, ...more })).items
}

/** What people have said, without what the chat itself says. */
export async function textsOf(who: Visitor, chat: string, more: object = {}): Promise<string[]> {
  const items = await historyOf(who, chat, more)
  return items.filter(({ kind }) => kind === 'text').map(({ text }) => text)
}
