import type { ModuleRequest } from '#core'
import { actorOf, type Circle } from '../circle.ts'
import { listRelations, type Question } from '../lists.ts'
import { peopleFor, personWithReaders } from '../people.ts'
import { ListedPeople, ListQuery, NameParams } from '../schema.ts'

const ON_PAGE = 50

export function listRoutes(circle: Circle): void {
  const { app } = circle
  for (const [end, name, summary] of [
    ['to', 'followers', 'Who follows a person'],
    ['from', 'following', 'Whom a person follows'],
  ] as const) {
    const path = `/api/v1/users/:username/${name}`
    const responses = { 200: ListedPeople }
    const options = { summary, params: NameParams, query: ListQuery, responses } as const
    app.route('GET', path, { policy: 'public', ...options }, async (request) => {
      const { params, actor } = request
      const { id: userId } = await personWithReaders(app, params['username'] ?? '', actor)
      return { body: await listed(circle, request, { userId, kind: 'follow', end }) }
    })
  }
  for (const [kind, name, summary] of [
    ['block', 'blocks', 'Whom you keep away'],
    ['mute', 'mutes', 'Of whom you hear nothing'],
  ] as const) {
    const responses = { 200: ListedPeople }
    app.route(
      'GET',
      `/api/v1/me/${name}`,
      { policy: 'member', summary, query: ListQuery, responses },
      async (request) => {
        const { id: userId } = actorOf(request)
        return { body: await listed(circle, request, { userId, kind, end: 'from' }) }
      },
    )
  }
}

async function listed(
  { app, db }: Circle,
  { query, actor }: ModuleRequest,
  question: Pick<Question, 'userId' | 'kind' | 'end'>,
): Promise<object> {
  const { limit = ON_PAGE, cursor } = query
  const slice = await listRelations(db.reader, { ...question, limit: Number(limit), cursor })
  const ids = slice.items.map(({ id }) => id)
  const people = await peopleFor(app, ids, actor)
  const items = people.map(({ id, username, displayName }) => ({ id, username, displayName }))
  return { items, nextCursor: slice.nextCursor }
}
