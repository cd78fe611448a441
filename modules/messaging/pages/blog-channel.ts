import { type PagePart, renderView, type SlotContext, Type } from '#core'
import { h } from 'preact'
import {
  blogChannelOf,
  chooseBlogChannel,
  hasBlog,
  makeBlogChannelFor,
  ownChannels,
} from '../neighbours/blog-channel.ts'
import { publicChannel } from '../chats/channels.ts'
import { joinPublic } from '../members/invites.ts'
import { actorOf, type Room } from '../room.ts'
import { seatIn } from '../members/seats.ts'
import { personIn } from './person-in.ts'
import { BlogChannelCard, ChannelOffer } from '../views/blog-channel.tsx'

const closed = { additionalProperties: false } as const
const LIMIT = { max: 20, windowS: 3_600 } as const
const NEW = 'new'
const Choice = Type.Object({ chat: Type.String({ maxLength: 64 }) }, closed)
const Joining = Type.Object({ from: Type.Optional(Type.Literal('profile')) }, closed)

/** A blog with a channel: chosen in the settings, offered on the person's page. */
export function blogChannelPages(room: Room): void {
  const { app } = room
  app.slot('settings.section', (context) => settingsCard(room, context))
  app.slot('profile.action', (context) => offer(room, context))
  app.page(
    '/me/channel',
    { policy: 'member', method: 'POST', body: Choice, limit: LIMIT },
    async (request) => {
      const { id } = actorOf(request)
      const { chat } = request.body
      if (chat === NEW) await makeBlogChannelFor(room, id, request.locale)
      else await chooseBlogChannel(room, id, chat === '' ? null : chat)
      return { kind: 'redirect', to: '/settings?saved#blog-channel' }
    },
  )
  app.page(
    '/channel/:slug/membership',
    { policy: 'member', method: 'POST', body: Joining, limit: LIMIT },
    async (request) => {
      const channel = await publicChannel(room, request.params['slug'] ?? '')
      await joinPublic(room, actorOf(request).id, channel.id)
      const isFromProfile = request.body.from === 'profile' && channel.blog_of !== null
      if (!isFromProfile) return { kind: 'redirect', to: `/chats/${channel.id}` }
      const { username } = await room.people.withId(channel.blog_of ?? '')
      return { kind: 'redirect', to: `/user/${username}` }
    },
  )
}

async function settingsCard(room: Room, { actor, locale }: SlotContext): Promise<PagePart | null> {
  if (!actor || !(await hasBlog(room))) return null
  const { reader } = room.db
  const t = room.app.translator(locale)
  const channels = await ownChannels(reader, actor.id)
  const chosen = (await blogChannelOf(reader, actor.id))?.id ?? ''
  return {
    order: 70,
    title: t('messaging.blog.card'),
    link: { href: '#blog-channel', icon: 'megaphone', label: t('messaging.blog.card') },
    html: renderView(h(BlogChannelCard, { t, chosen, channels })),
  }
}

async function offer(room: Room, context: SlotContext) {
  const { actor, locale } = context
  const userId = personIn(context)
  if (userId === undefined || !(await hasBlog(room))) return null
  const { reader } = room.db
  const channel = await blogChannelOf(reader, userId)
  if (!channel || channel.slug === null) return { shows: [`user/${userId}`] }
  const props = {
    t: room.app.translator(locale),
    slug: channel.slug,
    chatId: channel.id,
    state: await stateOf(room, actor?.id, userId, channel.id),
  }
  const shows = [`channel/${channel.id}`]
  return { order: 60, html: renderView(h(ChannelOffer, props)), shows }
}

/** Only who reads the person is offered to subscribe; the others find the way there. */
async function stateOf(
  { db, people }: Room,
  actorId: string | undefined,
  userId: string,
  chatId: string,
): Promise<'in' | 'offered' | 'known'> {
  if (actorId === undefined) return 'known'
  const seat = await seatIn(db.reader, actorId, chatId)
  if (seat?.state === 'in') return 'in'
  const { follows, blockedBy } = await people.standing(actorId, userId)
  return follows && !blockedBy && seat?.is_banned !== 1 ? 'offered' : 'known'
}
