import {
  type App,
  type HtmlPage,
  LinkButton,
  type Locale,
  type ModuleRequest,
  type PagePart,
  renderView,
  type SlotContext,
} from '#core'
import { readFileSync } from 'node:fs'
import { h } from 'preact'
import { hasBlog } from '../neighbours/blog-channel.ts'
import { errors } from '../errors.ts'
import { takesReports } from '../methods/reporting.ts'
import type { Room } from '../room.ts'
import { ChatsPage } from '../views/chats.tsx'
import { personIn } from './person-in.ts'
import { waitingFor } from '../reading/waiting.ts'

const PREFIX = 'messaging.ui.'
/** Nobody writes to these on purpose; the rest of the rules is asked of the person's module. */
const USERNAME = /^[\p{L}\p{N}_.-]{1,64}$/u

interface Manifest {
  readonly methods: readonly { readonly name: string }[]
  readonly routes: readonly { readonly path: string }[]
}

/** No control is drawn for what the module does not answer. */
const OFFERS = offersOf(
  JSON.parse(readFileSync(new URL('../module.json', import.meta.url), 'utf8')) as Manifest,
)

function offersOf({ methods, routes }: Manifest): string[] {
  const names = new Set(methods.map(({ name }) => name))
  const paths = new Set(routes.map(({ path }) => path))
  return [
    ...['msg.search', 'msg.shared', 'msg.gallery'].filter((name) => names.has(name)),
    ...['media', 'voice'].filter((name) => paths.has(`/api/v1/chats/:chat/${name}`)),
  ]
}

/** `/chats` and everything below it is one page: the messenger itself finds the chat in the address. */
export function chatsPages(room: Room): void {
  const { app } = room
  for (const path of ['/chats', '/chats/:chat']) {
    app.page(path, { policy: 'member' }, (request) => page(room, request))
  }
  app.slot('nav', async ({ actor, locale }) => {
    if (!actor) return null
    const label = app.translator(locale)('messaging.ui.title')
    const badge = await waitingFor(room, actor.id)
    return { order: 10, link: { href: '/chats', icon: 'message-circle', label, badge } }
  })
  app.slot('profile.action', (context) => writeButton(room, context))
}

/** On the page of somebody else: the way to write to them. */
async function writeButton(room: Room, context: SlotContext): Promise<PagePart | null> {
  const { actor, locale } = context
  const userId = personIn(context)
  if (!actor || userId === undefined || userId === actor.id) return null
  const { username } = await room.people.withId(userId)
  const label = room.app.translator(locale)('messaging.write')
  const button = h(
    LinkButton,
    { href: `/chats/@${username}`, kind: 'line', icon: 'message-circle' },
    label,
  )
  return { order: 40, html: renderView(button) }
}

async function page(room: Room, request: ModuleRequest): Promise<HtmlPage> {
  const { app } = room
  const { actor, locale, params } = request
  if (!actor) throw new Error('The policy of this page lets nobody in without a session')
  const t = app.translator(locale)
  const [, name] = /^@(.+)$/.exec(params['chat'] ?? '') ?? []
  const { id, username } = actor
  const props = {
    t,
    locale,
    self: JSON.stringify({ id, username, ...(await looksOf(app, id, username)) }),
    words: wordsOf(locale),
    can: [
      ...OFFERS,
      ...((await hasBlog(room)) ? ['draft'] : []),
      ...((await takesReports(room, actor, locale)) ? ['report'] : []),
    ],
    writeTo: name !== undefined && USERNAME.test(name) ? name : undefined,
  }
  return {
    kind: 'html',
    title: t('messaging.ui.title'),
    html: renderView(h(ChatsPage, props)),
    active: '/chats',
    scripts: ['messaging/chats'],
    isDrawnByScript: true,
    mayUse: ['microphone'],
    head: { noindex: true },
  }
}

interface Looks {
  readonly displayName: string
  readonly avatar: string | null
}

/** The user name while nobody can tell the rest. */
async function looksOf(app: App, id: string, username: string): Promise<Looks> {
  try {
    const profile = (await app.call('users.profile', { id })) as {
      displayName: string
      avatarUrl: string | null
    } | null
    return { displayName: profile?.displayName ?? username, avatar: profile?.avatarUrl ?? null }
  } catch {
    return { displayName: username, avatar: null }
  }
}

/** Why a message may be refused for ever: the page keeps the code, and says it in its own language. */
const REFUSALS = [
  'QL_MSG_NOT_FOUND',
  'QL_MSG_NOT_ALLOWED',
  'QL_MSG_BLOCKED_BY_YOU',
  'QL_MSG_CID_CONFLICT',
  'QL_MSG_EMPTY',
  'QL_MSG_TOO_LONG',
  'QL_MSG_ENTITIES',
  'QL_MSG_MEDIA',
  'QL_MSG_REPLY',
] as const

const kept = new Map<string, string>()

/** The messages themselves, not yet filled: the script does that as things happen. */
function wordsOf(locale: Locale): string {
  const known = kept.get(locale)
  if (known !== undefined) return known
  const file = new URL(`../locales/${locale}.json`, import.meta.url)
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  const own = Object.entries(texts).filter(([key]) => key.startsWith(PREFIX))
  const refusals = REFUSALS.map((code) => [`${PREFIX}refused.${code}`, errors[code]().text(locale)])
  const words = JSON.stringify(Object.fromEntries([...own, ...refusals]))
  kept.set(locale, words)
  return words
}
