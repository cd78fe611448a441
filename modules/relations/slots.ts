import { type PagePart, renderView, type SlotContext } from '#core'
import { h } from 'preact'
import { type Circle, standingOf } from './circle.ts'
import { listRelations } from './lists.ts'
import { peopleWith, showsReaders } from './people.ts'
import { countFrom, countTo } from './relations.ts'
import { UNFOLLOWED } from './pages/decisions.ts'
import type { Kind } from './tables.ts'
import { FollowButton, MenuItems } from './views/buttons.tsx'
import { SettingsCard } from './views/settings-card.tsx'

/** The most people the settings card names. */
const IN_CARD = 100

/** The places of relations in pages of others. */
export function bindSlots(circle: Circle): void {
  const { app } = circle
  app.slot('profile.fact', (context) => followers(circle, context))
  app.slot('profile.fact', (context) => following(circle, context))
  app.slot('profile.action', (context) => action(circle, context))
  app.slot('profile.menu', (context) => menu(circle, context))
  app.slot('settings.section', (context) => settings(circle, context))
}

async function followers({ app, db }: Circle, context: SlotContext): Promise<PagePart | null> {
  const userId = await shownPerson(app, context)
  if (userId === null) return null
  const count = await countTo(db.reader, userId, 'follow')
  const label = app.translator(context.locale)('relations.followers.count', { count })
  return { order: 20, link: { href: 'followers', icon: 'users', label } }
}

async function following({ app, db }: Circle, context: SlotContext): Promise<PagePart | null> {
  const userId = await shownPerson(app, context)
  if (userId === null) return null
  const count = await countFrom(db.reader, userId, 'follow')
  const label = app.translator(context.locale)('relations.following.count', { count })
  return { order: 30, link: { href: 'following', icon: 'users', label } }
}

async function action(circle: Circle, context: SlotContext): Promise<PagePart | null> {
  const props = await propsFor(circle, context)
  if (!props) return null
  const { follows, blocks } = props.standing
  const isUnfollowed = context.said === UNFOLLOWED && !follows && !blocks
  return { order: 50, html: renderView(h(FollowButton, { ...props, isUnfollowed })) }
}

async function menu(circle: Circle, context: SlotContext): Promise<PagePart | null> {
  const props = await propsFor(circle, context)
  return props && { order: 50, html: renderView(h(MenuItems, props)) }
}

/** Nothing on one's own page, and nothing for strangers. */
async function propsFor(circle: Circle, context: SlotContext) {
  const otherId = personIn(context)
  const { actor, locale } = context
  if (!actor || otherId === null || otherId === actor.id) return null
  const [person] = await peopleWith(circle.app, [otherId])
  if (!person) return null
  const standing = await standingOf(circle, actor.id, otherId)
  return { t: circle.app.translator(locale), locale, username: person.username, standing }
}

async function settings(circle: Circle, { actor, locale }: SlotContext): Promise<PagePart | null> {
  if (!actor) return null
  const t = circle.app.translator(locale)
  const props = {
    t,
    locale,
    blocked: await decidedBy(circle, actor.id, 'block'),
    muted: await decidedBy(circle, actor.id, 'mute'),
  }
  return {
    order: 60,
    title: t('relations.card.nav'),
    link: { href: '#relations', icon: 'users', label: t('relations.card.nav') },
    html: renderView(h(SettingsCard, props)),
  }
}

async function decidedBy({ app, db }: Circle, userId: string, kind: Kind) {
  const question = { userId, kind, end: 'from', limit: IN_CARD } as const
  const { items } = await listRelations(db.reader, question)
  return peopleWith(
    app,
    items.map(({ id }) => id),
  )
}

/** Nothing where this viewer may not see who reads the person. */
async function shownPerson(app: Circle['app'], context: SlotContext): Promise<string | null> {
  const userId = personIn(context)
  if (userId === null) return null
  const [person] = await peopleWith(app, [userId])
  return person && showsReaders(person, context.actor) ? userId : null
}

function personIn({ subject = '' }: SlotContext): string | null {
  const [kind, id] = subject.split('/')
  return kind === 'user' && id !== undefined ? id : null
}
