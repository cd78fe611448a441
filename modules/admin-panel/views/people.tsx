import {
  type Actor,
  EmptyState,
  Icon,
  Pagination,
  peopleOrder,
  type PeopleSort,
  type Person,
  type Speech,
} from '#core'
import type { VNode } from 'preact'
import type { Shown } from '../people/names.ts'
import { isShown, type PeopleColumns } from '../people/people-columns.ts'
import { type AskedPeople, PEOPLE_PATH, peopleHref, searchOf } from '../people/people-query.ts'
import { countText } from '../overview/quantities.ts'
import { PeopleFilters } from './people-filters.tsx'
import { PersonRow } from './person-row.tsx'
import { SelectionBar } from './selection-bar.tsx'

export type PeopleProps = Speech & {
  readonly asked: AskedPeople
  readonly people: readonly Person[]
  /** On all pages together. */
  readonly total: number
  readonly shown: ReadonlyMap<string, Shown>
  readonly columns: PeopleColumns
  readonly next: string | undefined
  readonly actor: Actor
  readonly timeZone: string
  readonly now: Date
}

export function PeoplePage(props: PeopleProps): VNode {
  const { t, locale, asked, people, total, columns, next } = props
  const counts = { shown: countText(people.length, locale), total: countText(total, locale) }
  return (
    <div class="admin-people">
      <PeopleFilters t={t} asked={asked} columns={columns} />
      {people.length === 0 ? (
        <EmptyState
          icon={asked.seen === 'now' ? 'moon' : 'search'}
          title={t('admin.people.none')}
          text={t('admin.people.noneText')}
          action={{ href: PEOPLE_PATH, label: t('admin.people.all') }}
        />
      ) : (
        <form method="post" action={`${PEOPLE_PATH}/selection`} data-selection>
          <input type="hidden" name="from" value={searchOf(asked)} />
          <table class="people-table">
            <Head {...props} />
            <tbody>
              {people.map((person) => (
                <PersonRow key={person.id} {...props} person={person} />
              ))}
            </tbody>
          </table>
          <p class="people-shown">{t('admin.people.shown', counts)}</p>
          <SelectionBar t={t} />
        </form>
      )}
      <Pagination
        href={next === undefined ? undefined : peopleHref({ ...asked, cursor: next })}
        label={t('admin.people.next')}
      />
    </div>
  )
}

const SORTED = ['stored', 'joined', 'seen'] as const

function Head({ t, locale, asked, columns }: PeopleProps): VNode {
  return (
    <thead>
      <tr>
        <td class="people-tick">
          <label class="check" hidden data-all>
            <input type="checkbox" aria-label={t('admin.many.all')} />
          </label>
        </td>
        <SortHead
          t={t}
          asked={asked}
          sort="name"
          label={t('admin.people.person')}
          title={t('admin.people.byName')}
        />
        {isShown(columns, 'role') && <th scope="col">{t('admin.people.role')}</th>}
        {isShown(columns, 'status') && <th scope="col">{t('admin.people.status')}</th>}
        {columns.counted.map(({ name, label }) => (
          <th key={name} scope="col" class="people-count">
            {label[locale]}
          </th>
        ))}
        {SORTED.filter((sort) => isShown(columns, sort)).map((sort) => (
          <SortHead key={sort} t={t} asked={asked} sort={sort} label={t(`admin.people.${sort}`)} />
        ))}
        <td />
      </tr>
    </thead>
  )
}

type SortHeadProps = Pick<PeopleProps, 't' | 'asked'> & {
  readonly sort: PeopleSort
  readonly label: string
  /** Where the label does not say by what the column is ordered. */
  readonly title?: string
}

/** A head that orders by its column, and turns the order round when it holds already. */
function SortHead({ asked, sort, label, title }: SortHeadProps): VNode {
  const isOrdered = (asked.sort ?? 'joined') === sort
  const order = isOrdered ? peopleOrder(asked) : undefined
  const turned = order === undefined ? undefined : order === 'asc' ? 'desc' : 'asc'
  const words = { asc: 'ascending', desc: 'descending' } as const
  return (
    <th scope="col" aria-sort={order && words[order]}>
      <a
        class="sort"
        title={title}
        href={peopleHref({ ...asked, sort, order: turned, cursor: undefined })}
      >
        {label}
        {order && <Icon name={order === 'asc' ? 'chevron-up' : 'chevron-down'} size={16} />}
      </a>
    </th>
  )
}
