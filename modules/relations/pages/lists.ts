import { type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { actorOf, type Circle } from '../circle.ts'
import { listRelations } from '../lists.ts'
import { peopleFor, personWithReaders } from '../people.ts'
import { countFrom, countTo } from '../relations.ts'
import { PeoplePage } from '../views/people-page.tsx'

const ON_PAGE = 50

/** Who follows a person, and whom they follow. */
export function listPages(circle: Circle): void {
  const { app } = circle
  /* Where a notification leads: it knows the person by id only. */
  app.page('/me/followers', { policy: 'member' }, async (request) => ({
    kind: 'redirect',
    to: `/user/${actorOf(request).username}/followers`,
  }))
  for (const which of ['followers', 'following'] as const) {
    app.page(`/user/:username/${which}`, { policy: 'public' }, (request) =>
      page(circle, request, which),
    )
  }
}

async function page(
  { app, db }: Circle,
  { actor, locale, origin, params, query }: ModuleRequest,
  which: 'followers' | 'following',
): Promise<HtmlPage> {
  const person = await personWithReaders(app, params['username'] ?? '', actor)
  const end = which === 'followers' ? 'to' : 'from'
  const { cursor } = query
  const question = { userId: person.id, kind: 'follow', end, limit: ON_PAGE, cursor } as const
  const slice = await listRelations(db.reader, question)
  const ids = slice.items.map(({ id }) => id)
  const home = `/user/${person.username}`
  const t = app.translator(locale)
  const props = {
    t,
    locale,
    person,
    which,
    followers: await countTo(db.reader, person.id, 'follow'),
    following: await countFrom(db.reader, person.id, 'follow'),
    people: await peopleFor(app, ids, actor),
    next: slice.nextCursor === null ? undefined : `${home}/${which}?cursor=${slice.nextCursor}`,
  }
  const shows = [`user/${person.id}`, ...ids.map((id) => `user/${id}`)]
  return {
    kind: 'html',
    title: `${t(`relations.${which}.title`)}, ${person.displayName}`,
    html: renderView(h(PeoplePage, props)),
    ...(isFlavour(person.flavour) ? { flavour: person.flavour } : {}),
    head: { canonical: `${origin}${home}/${which}`, noindex: true },
    ...(actor ? {} : { shows }),
  }
}

function isFlavour(value: string | undefined): value is string {
  return value !== undefined
}
