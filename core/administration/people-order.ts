import type { PeopleQuery } from './people-list.ts'

/** In which order people are read: names from A where nobody has asked for another, all else from the most. */
export function peopleOrder({ sort, order }: Pick<PeopleQuery, 'sort' | 'order'>): 'asc' | 'desc' {
  return order ?? (sort === 'name' ? 'asc' : 'desc')
}
