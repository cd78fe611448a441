import { type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import {
  beforeFrom,
  channelPart,
  channelPath,
  messagePath,
  publicChannel,
  shownBy,
} from '../chats/channels.ts'
import { textOf } from '../people.ts'
import type { Room } from '../room.ts'
import type { ChatTable } from '../tables.ts'
import { ChannelPage } from '../views/channel.tsx'
import { channelFeed } from './channel-feed.ts'

const ON_PAGE = 30
const PHOTO_PX = 144

/** What strangers read of channels that have an address. */
export function channelPages(room: Room): void {
  const { app } = room
  const open = { policy: 'public' } as const
  app.page('/channel/:slug', open, (request) => channelPage(room, request))
  app.page('/channel/:slug/feed.xml', open, (request) => channelFeed(room, request, 'rss'))
  app.page('/channel/:slug/atom.xml', open, (request) => channelFeed(room, request, 'atom'))
}

async function channelPage(room: Room, request: ModuleRequest): Promise<HtmlPage> {
  const { locale, origin, params, query, actor } = request
  const chat = await publicChannel(room, params['slug'] ?? '')
  const before = beforeFrom(query['before'])
  const { items, next } = await channelPart(room, chat, before, ON_PAGE)
  const { title, about } = chat
  const path = channelPath(chat)
  const photo = await photoOf(room, chat)
  const t = room.app.translator(locale)
  const props = {
    t,
    locale,
    timeZone: await zoneOf(room, chat.owner_id),
    title,
    about,
    id: chat.id,
    photo,
    members: chat.members,
    items,
    linkOf: (seq: number) => messagePath(chat, seq),
    chatHref: `/chats/${chat.id}`,
    feedHref: `${path}/feed.xml`,
    older: next === undefined ? undefined : `${path}?before=${next}`,
    newest: before === undefined ? undefined : path,
  }
  return {
    kind: 'html',
    title,
    html: renderView(h(ChannelPage, props)),
    head: {
      ...(about === '' ? {} : { description: about }),
      canonical: `${origin}${path}`,
      feeds: [
        { type: 'application/rss+xml', title: `${title} · RSS`, href: `${path}/feed.xml` },
        { type: 'application/atom+xml', title: `${title} · Atom`, href: `${path}/atom.xml` },
      ],
      ...(photo === undefined ? {} : { ogImage: `${origin}${photo}` }),
      ogType: 'website',
      noindex: before !== undefined,
    },
    ...(actor === null ? { shows: shownBy(chat) } : {}),
  }
}

export async function photoOf({ app }: Room, { photo_id }: ChatTable): Promise<string | undefined> {
  if (photo_id === null) return undefined
  const [picture] = await app.media.find([photo_id])
  if (!picture) return undefined
  return picture.variants.find(({ width }) => width >= PHOTO_PX)?.url ?? picture.url
}

/** Times are told as the owner reads them. */
async function zoneOf({ app }: Room, userId: string | null): Promise<string> {
  if (userId === null) return 'UTC'
  try {
    const profile: unknown = await app.call('users.profile', { id: userId })
    return textOf(Object(profile).timeZone) ?? 'UTC'
  } catch {
    /* Nobody knows people's zones here. */
    return 'UTC'
  }
}
