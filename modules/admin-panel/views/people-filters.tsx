import { Icon, peopleOrder, type Speech } from '#core'
import type { VNode } from 'preact'
import type { PeopleColumns } from '../people/people-columns.ts'
import { type AskedPeople, PEOPLE_PATH, peopleHref } from '../people/people-query.ts'
import { ROLES, SEEN, SORTS, STATUSES } from '../schema.ts'
import { ColumnChooser } from './people-columns.tsx'

type FiltersProps = Pick<Speech, 't'> & { readonly asked: AskedPeople }
type Props = FiltersProps & { readonly columns: PeopleColumns }

/** Search and filters. What one changes keeps the others, and begins at the first page. */
export function PeopleFilters({ t, asked, columns }: Props): VNode {
  const { role, status, seen } = asked
  const having = (change: Partial<AskedPeople>): string =>
    peopleHref({ ...asked, ...change, cursor: undefined })
  return (
    <div class="people-tools">
      <Search t={t} asked={asked} />
      <Filter
        label={t('admin.people.role')}
        chosen={t(role === undefined ? 'admin.any' : `admin.role.${role}`)}
        options={[undefined, ...ROLES].map((one) => ({
          href: having({ role: one }),
          label: t(one === undefined ? 'admin.any' : `admin.role.${one}`),
          isChosen: one === role,
        }))}
      />
      <Filter
        label={t('admin.people.status')}
        chosen={t(status === undefined ? 'admin.anyState' : `admin.status.${status}`)}
        options={[undefined, ...STATUSES].map((one) => ({
          href: having({ status: one }),
          label: t(one === undefined ? 'admin.anyState' : `admin.status.${one}`),
          isChosen: one === status,
        }))}
      />
      <Filter
        label={t('admin.people.seen')}
        chosen={t(`admin.people.seen.${seen ?? 'ever'}`)}
        options={[undefined, ...SEEN].map((one) => ({
          href: having({ seen: one }),
          label: t(`admin.people.seen.${one ?? 'ever'}`),
          isChosen: one === seen,
        }))}
      />
      <Order t={t} asked={asked} />
      <ColumnChooser t={t} asked={asked} columns={columns} />
    </div>
  )
}

function Search({ t, asked }: FiltersProps): VNode {
  const { q, cursor: _, ...others } = asked
  return (
    <form class="people-search" role="search" action={PEOPLE_PATH}>
      <Icon name="search" size={18} />
      <input
        type="search"
        name="q"
        value={q}
        maxLength={100}
        placeholder={t('admin.people.search')}
        aria-label={t('admin.people.search')}
      />
      {Object.entries(others).map(
        ([name, value]) =>
          value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
    </form>
  )
}

/** On a phone, where no heads of columns stand to be touched. */
function Order({ t, asked }: FiltersProps): VNode {
  const { sort = 'joined' } = asked
  const ways = SORTS.flatMap((one) => [
    { sort: one, order: 'desc' as const },
    { sort: one, order: 'asc' as const },
  ])
  return (
    <Filter
      class="people-order"
      label={t('admin.people.order')}
      chosen={t(`admin.people.order.${sort}.${peopleOrder(asked)}`)}
      options={ways.map((way) => ({
        href: peopleHref({ ...asked, ...way, cursor: undefined }),
        label: t(`admin.people.order.${way.sort}.${way.order}`),
        isChosen: way.sort === sort && way.order === peopleOrder(asked),
      }))}
    />
  )
}

type FilterProps = {
  readonly label: string
  readonly chosen: string
  readonly class?: string
  readonly options: readonly {
    readonly href: string
    readonly label: string
    readonly isChosen: boolean
  }[]
}

/** Says its value; its choices are links, so it needs no script. */
export function Filter({ label, chosen, options, class: extra }: FilterProps): VNode {
  return (
    <details class={extra === undefined ? 'filter' : `filter ${extra}`} name="filters">
      <summary>
        <span>
          {label} <b>{chosen}</b>
        </span>
        <Icon name="chevron-down" size={16} />
      </summary>
      <ul class="drop">
        {options.map((option) => (
          <li key={option.href}>
            <a href={option.href} aria-current={option.isChosen ? 'true' : undefined}>
              <span>{option.label}</span>
              {option.isChosen && <Icon name="check" size={18} />}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
