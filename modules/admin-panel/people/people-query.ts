import type { PeopleQuery, PeopleSort, Role, SeenWithin } from '#core'
import { ORDERS, ROLES, SEEN, SORTS, STATUSES } from '../schema.ts'

export const PEOPLE_PATH = '/admin/people'

/** What the address of the table asks for. */
export interface AskedPeople {
  readonly q: string
  readonly role: Role | undefined
  readonly status: (typeof STATUSES)[number] | undefined
  readonly seen: SeenWithin | undefined
  readonly sort: PeopleSort | undefined
  readonly order: (typeof ORDERS)[number] | undefined
  readonly cursor: string | undefined
}

/** What somebody typed into the address is read as far as it can be. */
export function askedPeople(query: Readonly<Record<string, string | undefined>>): AskedPeople {
  return {
    q: (query['q'] ?? '').slice(0, 100),
    role: ROLES.find((known) => known === query['role']),
    status: STATUSES.find((known) => known === query['status']),
    seen: SEEN.find((known) => known === query['seen']),
    sort: SORTS.find((known) => known === query['sort']),
    order: ORDERS.find((known) => known === query['order']),
    cursor: query['cursor']?.slice(0, 130),
  }
}

/** The same out of a field of a form, as {@link searchOf} has written it. */
export function askedIn(from = ''): AskedPeople {
  return askedPeople(Object.fromEntries(new URLSearchParams(from)))
}

/** `?role=admin&sort=name`, or nothing where nothing is asked. */
export function searchOf(asked: AskedPeople): string {
  const all = Object.entries({ ...asked, q: asked.q === '' ? undefined : asked.q })
  const given = all.filter((pair): pair is [string, string] => pair[1] !== undefined)
  const search = new URLSearchParams(given).toString()
  return search === '' ? '' : `?${search}`
}

export function peopleHref(asked: AskedPeople): string {
  return PEOPLE_PATH + searchOf(asked)
}

export function peopleQuery({ q, ...others }: AskedPeople): PeopleQuery {
  return { search: q, ...others }
}
