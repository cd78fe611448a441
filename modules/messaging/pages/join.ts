import { CodedError, type HtmlPage, type ModuleRequest, type PageResult, renderView } from '#core'
import { h } from 'preact'
import { errors } from '../errors.ts'
import { type Invited, type InvitedQuestion, invited } from '../members/invited.ts'
import { joinByInvite } from '../members/invites.ts'
import { actorOf, type Room } from '../room.ts'
import { ClosedDoorPage, JoinPage } from '../views/join.tsx'
import { photoOf } from './channel.ts'

/** Nobody tries so many links who does not guess. */
const LIMIT = { max: 60, windowS: 60 } as const
const PATH = '/join/:token'
/** Of what leads nowhere, and of what has led somewhere once. */
const STATUS = { gone: 404, expired: 410, 'used-up': 410, banned: 403 } as const

/** Where links lead that let people into a chat; works without a script. */
export function joinPages(room: Room): void {
  const { app } = room
  app.page(PATH, { policy: 'public', limit: LIMIT }, async (request) => {
    return door(room, request, await invited(room.db.reader, questionOf(room, request)))
  })
  app.page(PATH, { policy: 'member', method: 'POST', limit: LIMIT }, async (request) => {
    const { id } = actorOf(request)
    const token = tokenOf(request)
    try {
      const joined = await joinByInvite(room, id, token)
      const isIn = 'chatId' in joined
      return { kind: 'redirect', to: isIn ? `/chats/${joined.chatId}` : `/join/${token}` }
    } catch (error) {
      if (!isRefusal(error)) throw error
      /* Closed since the page was shown: now it says why, as whoever was quicker has left it. */
      const question = questionOf(room, request)
      const standing = await room.db.transaction(({ db }) => invited(db, question))
      return door(room, request, standing)
    }
  })
}

function tokenOf({ params }: ModuleRequest): string {
  return params['token'] ?? ''
}

function isRefusal(error: unknown): boolean {
  const codes = [errors.QL_MSG_INVITE_GONE().code, errors.QL_MSG_BANNED().code]
  return error instanceof CodedError && codes.includes(error.code)
}

function questionOf({ clock }: Room, request: ModuleRequest): InvitedQuestion {
  const userId = request.actor?.id ?? null
  return { userId, token: tokenOf(request), nowMs: clock.nowMs() }
}

async function door(room: Room, request: ModuleRequest, standing: Invited): Promise<PageResult> {
  if (!('chat' in standing)) return closed(room, request, standing.is)
  if (standing.is === 'in') return { kind: 'redirect', to: `/chats/${standing.chat.id}` }
  return opened(room, request, standing)
}

async function opened(
  room: Room,
  { locale, actor, params }: ModuleRequest,
  { is, chat, invite }: Extract<Invited, { chat: unknown }>,
): Promise<HtmlPage> {
  const inviter = await room.people.withId(invite.created_by)
  const { id, type, title, about, members } = chat
  const props = {
    t: room.app.translator(locale),
    path: `/join/${params['token'] ?? ''}`,
    chat: { id, kind: type === 'channel' ? type : 'group', title, about, members } as const,
    photo: await photoOf(room, chat),
    inviter: inviter.deleted ? undefined : inviter.displayName,
    state: actor ? is : 'stranger',
    asks: is === 'asks',
  } as const
  return { kind: 'html', title, html: renderView(h(JoinPage, props)), head: { noindex: true } }
}

function closed(
  { app }: Room,
  { locale, actor }: ModuleRequest,
  why: keyof typeof STATUS,
): HtmlPage {
  const t = app.translator(locale)
  return {
    kind: 'html',
    status: STATUS[why],
    title: t(`messaging.join.${why}`),
    html: renderView(h(ClosedDoorPage, { t, why, home: actor ? '/chats' : '/' })),
    head: { noindex: true },
  }
}
