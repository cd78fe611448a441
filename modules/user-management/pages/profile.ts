import {
  type App,
  type HtmlPage,
  type Locale,
  type ModuleRequest,
  type PagePart,
  renderView,
  type SlotContext,
} from '#core'
import { h } from 'preact'
import { errors } from '../errors.ts'
import { isOpenTo } from '../visibility/openness.ts'
import { findProfile } from '../profile/profile.ts'
import { registryOf } from '../registration/registration.ts'
import type { Profile } from '../schema.ts'
import { isPageFor, isStaff, type KnownProfile, seenBy } from '../visibility/sight.ts'
import { speechOf } from '../speech.ts'
import { usualTimeZone } from '../profile/time-zones.ts'
import { ProfilePage, type ProfileProps } from '../views/profile.tsx'

export function profilePage(app: App): void {
  const { db } = registryOf(app)

  app.page('/user/:username', { policy: 'public' }, async (request) => {
    const { actor, locale } = request
    const username = request.params['username'] ?? ''
    const found = await findProfile(db.reader, { username })
    if (!found || !(await isOpenTo(app, found, actor))) throw errors.QL_USERS_NOT_FOUND()
    const person = seenBy(found, actor)
    if (username !== person.username) {
      return { kind: 'redirect', to: `/user/${person.username}`, status: 301 }
    }
    const context = {
      actor,
      locale,
      subject: `user/${person.id}`,
      path: request.path,
      ownerId: person.id,
      ...(request.query['done'] === undefined ? {} : { said: request.query['done'] }),
    }
    const isOpen = isPageFor(found, actor)
    const parts = isOpen ? await app.slotParts('profile.tab', context) : []
    const around = isOpen ? await partsAround(app, context) : NOTHING_AROUND
    const props: ProfileProps = {
      ...speechOf(app, locale),
      person,
      cover: await coverOf(app, person),
      ...around.props,
      own: actor?.id === person.id,
      hidden: hiddenNote(found, actor, locale),
      isOpen,
      timeZone: await readersTimeZone(app, request),
      ...linksIn(parts),
      writeHref: await writeHref(app, context),
      ...partsFor(person, parts, request.query['part']),
    }
    return page(request, person, props, [...parts, ...around.parts])
  })
}

function page(
  { actor, origin }: ModuleRequest,
  person: Profile,
  props: ProfileProps,
  parts: readonly PagePart[],
): HtmlPage {
  const { username, displayName, bio } = person
  const address = `${origin}/user/${username}`
  const shows = [`user/${person.id}`, ...parts.flatMap((part) => part.shows ?? [])]
  return {
    kind: 'html',
    title: displayName,
    html: renderView(h(ProfilePage, props)),
    flavour: person.flavour,
    head: {
      noindex: !props.isOpen,
      ...(bio === '' ? {} : { description: bio }),
      canonical: address,
      ogType: 'profile',
      jsonLd: {
        '@context': 'https://schema.org',
        '@type': 'ProfilePage',
        dateCreated: person.createdAt,
        mainEntity: { '@type': 'Person', name: displayName, alternateName: username, url: address },
      },
    },
    ...(actor ? {} : { shows }),
  }
}

/** Why others see less, for the person and for staff. */
function hiddenNote(
  { id, keptBack }: KnownProfile,
  viewer: ModuleRequest['actor'],
  locale: Locale,
): ProfileProps['hidden'] {
  if (!keptBack || (viewer?.id !== id && !isStaff(viewer))) return undefined
  const { reason } = keptBack
  return reason ? { why: reason.why[locale], words: reason.words, page: reason.page } : {}
}

/** The wide picture over the page, in the widths it was stored in. */
async function coverOf(app: App, { coverUrl }: Profile): Promise<ProfileProps['cover']> {
  const id = coverUrl?.split('/').at(-1)
  const [picture] = id === undefined ? [] : await app.media.find([id])
  if (!picture) return undefined
  const srcset = picture.variants.map(({ url, width }) => `${url} ${width}w`).join(', ')
  return { src: picture.url, srcset }
}

/** Every part of the page is a tab; one of them is open, the first unless another is asked for. */
function partsFor(
  { username }: Profile,
  parts: readonly PagePart[],
  asked: string | undefined,
): Pick<ProfileProps, 'tabs' | 'sections'> {
  const bodies = parts.filter((part) => part.html !== undefined)
  const open = bodies[Number(asked ?? 0)] ?? bodies[0]
  return {
    tabs: bodies.map((part, index) => ({
      href: index === 0 ? `/user/${username}` : `/user/${username}?part=${index}`,
      label: part.title ?? username,
      active: part === open,
    })),
    sections: open?.html === undefined ? [] : [open.html],
  }
}

const NOTHING_AROUND = { props: { facts: [], actions: [], menu: [] }, parts: [] }

/** What other modules say and offer beside the name. */
async function partsAround(
  app: App,
  context: SlotContext,
): Promise<{
  readonly props: Pick<ProfileProps, 'facts' | 'actions' | 'menu'>
  readonly parts: readonly PagePart[]
}> {
  const facts = await app.slotParts('profile.fact', context)
  const actions = await app.slotParts('profile.action', context)
  const menu = await app.slotParts('profile.menu', context)
  return {
    props: {
      facts: facts.flatMap(({ link }) => (link ? [{ path: link.href, label: link.label }] : [])),
      actions: actions.flatMap(htmlIn),
      menu: menu.flatMap(htmlIn),
    },
    parts: [...facts, ...actions, ...menu],
  }
}

function htmlIn({ html }: PagePart): readonly string[] {
  return html === undefined ? [] : [html]
}

/** The first part that has a page of its own is where the person writes. */
function linksIn(parts: readonly PagePart[]): Pick<ProfileProps, 'blogHref'> {
  const href = parts.find((part) => part.link)?.link?.href
  return href === undefined ? {} : { blogHref: href }
}

async function writeHref(app: App, context: SlotContext): Promise<string | undefined> {
  if (!context.actor) return undefined
  const nav = await app.slotParts('nav', context)
  return nav.find(({ link }) => link?.href === '/write')?.link?.href
}

/** A stranger reads dates in the usual zone of their language, so that all get the same page. */
async function readersTimeZone(app: App, { actor, locale }: ModuleRequest): Promise<string> {
  if (!actor) return usualTimeZone(locale)
  const reader = await findProfile(registryOf(app).db.reader, { id: actor.id })
  return reader?.timeZone ?? usualTimeZone(locale)
}
