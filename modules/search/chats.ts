import { asked, type Finder, recordsIn, textIn } from './finder.ts'
import type { Question } from './ranking.ts'
import type { Found, FoundList } from './schema.ts'
import type { Viewer } from './sight.ts'

/** Pages of messages looked through for one that is not empty. */
const MAX_EMPTY = 4
const NOTHING: FoundList = { items: [], nextCursor: null }

/** The viewer's chats by their names. */
export async function chats(
  finder: Finder,
  { actor, locale }: Viewer,
  { q, limit }: Question,
): Promise<FoundList> {
  if (!actor) return NOTHING
  const question = { userId: actor.id, locale, q, limit }
  const found = recordsIn(await asked(finder, 'messaging.chats', question))
  const items = found.map((chat): Found => ({
    type: 'chats',
    id: textIn(chat, 'id'),
    title: textIn(chat, 'title'),
    text: '',
    by: textIn(chat, 'note'),
    url: textIn(chat, 'url'),
    avatarUrl: textIn(chat, 'picture') || null,
    at: null,
  }))
  return { items, nextCursor: null }
}

/** Whether anybody keeps chats. */
export async function hasChats(finder: Finder, { actor, locale }: Viewer): Promise<boolean> {
  const question = { userId: actor?.id ?? 'nobody', locale, q: '-', limit: 1 }
  return (await asked(finder, 'messaging.chats', question)) !== undefined
}

/** What is said in the viewer's chats, the latest first. */
export async function messages(
  finder: Finder,
  { actor, locale }: Viewer,
  { q, limit, cursor }: Question,
): Promise<FoundList> {
  if (!actor) return NOTHING
  let next = cursor
  for (let page = 0; page < MAX_EMPTY; page++) {
    const question = { userId: actor.id, locale, q, limit, ...(next ? { cursor: next } : {}) }
    const answer = Object(await asked(finder, 'messaging.messages', question))
    const items = recordsIn(answer.items).map(messageOf)
    next = textIn(answer, 'nextCursor')
    if (items.length > 0 || next === '') return { items, nextCursor: next || null }
  }
  return { items: [], nextCursor: next || null }
}

function messageOf(message: Readonly<Record<string, unknown>>): Found {
  return {
    type: 'messages',
    id: `${textIn(message, 'chat')}/${String(message['seq'])}`,
    title: textIn(message, 'title'),
    text: textIn(message, 'text'),
    by: textIn(message, 'by'),
    url: textIn(message, 'url'),
    avatarUrl: null,
    at: textIn(message, 'at'),
  }
}
