import type { App, Person } from '#core'
import { askedPeople, peopleQuery } from '../people/people-query.ts'
import { actorOf } from '../requester.ts'
import { User, UserList, UserParams, UserPatch, UserQuery } from '../schema.ts'

export function userRoutes(app: App): void {
  const { people } = app.administration

  app.route(
    'GET',
    '/api/v1/admin/users',
    {
      policy: 'admin',
      summary:
        'People, the newest first or as `sort` says; `q` is what a name or an address begins with',
      query: UserQuery,
      responses: { 200: UserList },
    },
    async ({ query }) => {
      const { items, nextCursor, total } = await people.list({
        ...peopleQuery(askedPeople(query)),
        limit: query['limit'] === undefined ? undefined : Number(query['limit']),
      })
      const columns = await people.counted(items.map(({ id }) => id))
      const listed = items.map((person) => ({
        ...present(person),
        counts: Object.fromEntries(
          columns.map(({ name, counts }) => [name, counts[person.id] ?? 0]),
        ),
      }))
      return { body: { items: listed, nextCursor, total } }
    },
  )

  app.route(
    'GET',
    '/api/v1/admin/users/:id',
    { policy: 'admin', summary: 'One person', params: UserParams, responses: { 200: User } },
    async ({ params }) => ({ body: present(await people.person(params['id'] ?? '')) }),
  )

  app.route(
    'PATCH',
    '/api/v1/admin/users/:id',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'Give a role, block or unblock',
      params: UserParams,
      body: UserPatch,
      responses: { 200: User },
    },
    async (request) => {
      const { id = '' } = request.params
      return { body: present(await people.change(actorOf(request), id, request.body)) }
    },
  )
}

export function present(person: Person): Person {
  return {
    id: person.id,
    username: person.username,
    email: person.email,
    role: person.role,
    status: person.status,
    createdAt: person.createdAt,
    seenAt: person.seenAt,
    hasSecondFactor: person.hasSecondFactor,
    storedBytes: person.storedBytes,
    quotaBytes: person.quotaBytes,
    isOnline: person.isOnline,
  }
}
