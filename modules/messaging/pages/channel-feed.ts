import {
  absoluteHtml,
  atomOf,
  type FeedContent,
  type FeedEntry,
  type ModuleRequest,
  type PageResult,
  renderView,
  rssOf,
} from '#core'
import { h } from 'preact'
import { channelPart, channelPath, messagePath, publicChannel, shownBy } from '../chats/channels.ts'
import { type Room, timeOf } from '../room.ts'
import type { Message } from '../schema.ts'
import type { ChatTable } from '../tables.ts'
import { covered } from '../text/covered.ts'
import { Said } from '../views/said.tsx'

const ENTRIES = 30
const TITLE_UNITS = 80
const SUMMARY_UNITS = 300
const FORMS = {
  rss: { contentType: 'application/rss+xml; charset=utf-8', write: rssOf },
  atom: { contentType: 'application/atom+xml; charset=utf-8', write: atomOf },
} as const

/** `/channel/:slug/feed.xml`, `atom.xml`: the newest messages of a channel with an address. */
export async function channelFeed(
  room: Room,
  request: ModuleRequest,
  form: keyof typeof FORMS,
): Promise<PageResult> {
  const { origin, path, params, locale, actor } = request
  const chat = await publicChannel(room, params['slug'] ?? '')
  const { items } = await channelPart(room, chat, undefined, ENTRIES)
  const t = room.app.translator(locale)
  const entries = items.map((message): FeedEntry => {
    const html = renderView(h(Said, { t, message, isInFeed: true }))
    const place = `${origin}${messagePath(chat, message.seq)}`
    return {
      id: `channel/${chat.id}/${message.seq}`,
      url: message.post ? `${origin}${message.post.url}` : place,
      title: titleOf(message) || t('messaging.channel.picture'),
      summary: message.post?.excerpt ?? cut(covered(message.text, message.entities), SUMMARY_UNITS),
      html: absoluteHtml(html, origin, place),
      lang: locale,
      author: { name: chat.title, url: `${origin}${channelPath(chat)}` },
      tags: [],
      publishedAt: message.date,
      updatedAt: message.editedAt ?? message.date,
    }
  })
  const { contentType, write } = FORMS[form]
  const body = await write(feedOf(chat, entries, { origin, path, locale }))
  return { kind: 'raw', contentType, body, ...(actor === null ? { shows: shownBy(chat) } : {}) }
}

function feedOf(
  chat: ChatTable,
  entries: readonly FeedEntry[],
  { origin, path, locale }: Pick<ModuleRequest, 'origin' | 'path' | 'locale'>,
): FeedContent {
  return {
    subject: `channel/${chat.id}`,
    title: chat.title,
    description: chat.about,
    lang: locale,
    pageUrl: `${origin}${channelPath(chat)}`,
    feedUrl: `${origin}${path}`,
    updatedAt:
      entries
        .map(({ updatedAt }) => updatedAt)
        .toSorted()
        .at(-1) ?? timeOf(chat.created_ms),
    entries,
  }
}

function titleOf(message: Message): string {
  if (message.post) return message.post.title
  const [line = ''] = covered(message.text, message.entities).split('\n')
  return cut(line, TITLE_UNITS)
}

function cut(text: string, units: number): string {
  return text.length <= units ? text : `${text.slice(0, units - 1).toWellFormed()}…`
}
