import {
  type Actor,
  Avatar,
  EmptyState,
  Icon,
  type Locale,
  Pagination,
  type Person,
  type Role,
  type Speech,
} from '#core'
import type { VNode } from 'preact'
import type { Shown } from '../names.ts'
import { mayChange } from '../policy.ts'
import { bytesText, seenText } from '../quantities.ts'
import { ROLES, STATUSES } from '../schema.ts'

export type PeopleQuery = {
  readonly q: string
  readonly role: Role | undefined
  readonly status: (typeof STATUSES)[number] | undefined
  readonly cursor: string | undefined
}

export type PeopleProps = Speech & {
  readonly query: PeopleQuery
  readonly people: readonly Person[]
  readonly shown: ReadonlyMap<string, Shown>
  readonly next: string | undefined
  readonly actor: Actor
  readonly now: Date
}

export function PeoplePage(props: PeopleProps): VNode {
  const { t, query, people, next } = props
  return (
    <div class="admin-people">
      <Toolbar {...props} />
      {people.length === 0 ? (
        <EmptyState
          icon="search"
          title={t('admin.people.none')}
          text={t('admin.people.noneText')}
          action={{ href: '/admin/people', label: t('admin.people.all') }}
        />
      ) : (
        <table class="people-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.people.person')}</th>
              <th scope="col">{t('admin.people.role')}</th>
              <th scope="col">{t('admin.people.status')}</th>
              <th scope="col" class="people-number">
                {t('admin.people.stored')}
              </th>
              <th scope="col">{t('admin.people.seen')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <Row key={person.id} {...props} person={person} />
            ))}
          </tbody>
        </table>
      )}
      <Pagination
        href={next === undefined ? undefined : addressOf({ ...query, cursor: next })}
        label={t('admin.more')}
      />
    </div>
  )
}

function Toolbar({ t, query }: PeopleProps): VNode {
  return (
    <div class="people-tools">
      <form class="people-search" role="search" action="/admin/people">
        <Icon name="search" size={18} />
        <input
          type="search"
          name="q"
          value={query.q}
          maxLength={100}
          placeholder={t('admin.people.search')}
          aria-label={t('admin.people.search')}
        />
        {query.role !== undefined && <input type="hidden" name="role" value={query.role} />}
        {query.status !== undefined && <input type="hidden" name="status" value={query.status} />}
      </form>
      <Filter
        label={t('admin.people.role')}
        chosen={t(query.role === undefined ? 'admin.any' : `admin.role.${query.role}`)}
        options={[undefined, ...ROLES].map((role) => ({
          href: addressOf({ ...query, role, cursor: undefined }),
          label: t(role === undefined ? 'admin.any' : `admin.role.${role}`),
          isChosen: role === query.role,
        }))}
      />
      <Filter
        label={t('admin.people.status')}
        chosen={t(query.status === undefined ? 'admin.anyState' : `admin.status.${query.status}`)}
        options={[undefined, ...STATUSES].map((status) => ({
          href: addressOf({ ...query, status, cursor: undefined }),
          label: t(status === undefined ? 'admin.anyState' : `admin.status.${status}`),
          isChosen: status === query.status,
        }))}
      />
    </div>
  )
}

type FilterProps = {
  readonly label: string
  readonly chosen: string
  readonly options: readonly {
    readonly href: string
    readonly label: string
    readonly isChosen: boolean
  }[]
}

/** Says its value; its choices are links, so it needs no script. */
export function Filter({ label, chosen, options }: FilterProps): VNode {
  return (
    <details class="filter" name="filters">
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

function Row(props: PeopleProps & { readonly person: Person }): VNode {
  const { t, locale, person, shown, now } = props
  const { name = person.username, avatar } = shown.get(person.id) ?? {}
  return (
    <tr>
      <th scope="row" class="people-who">
        <Avatar name={name} username={person.username} src={avatar} size={40} />
        <a href={`/admin/people/${person.id}`} title={name}>
          <b>{name}</b>
          <span>@{person.username}</span>
        </a>
      </th>
      <td class="people-role">
        <span class={`role role-${person.role}`}>{t(`admin.role.${person.role}`)}</span>
      </td>
      <td class="people-state">
        <StatusBadge t={t} locale={locale} status={person.status} />
      </td>
      <td class="people-number people-stored">{bytesText(person.storedBytes, locale)}</td>
      <td class="people-seen">
        {person.seenAt === null ? (
          t('admin.people.never')
        ) : (
          <time dateTime={person.seenAt}>{seenText(person.seenAt, locale, now)}</time>
        )}
      </td>
      <td class="people-more">
        <RowMenu {...props} name={name} />
      </td>
    </tr>
  )
}

export function StatusBadge({
  t,
  status,
}: Speech & { readonly locale: Locale; readonly status: string }): VNode {
  const look = status === 'active' ? 'state state-good' : 'state state-bad'
  return <span class={look}>{t(`admin.status.${status}`)}</span>
}

function RowMenu(props: PeopleProps & { readonly person: Person; readonly name: string }): VNode {
  const { t, actor, person, name } = props
  const own = `/admin/people/${person.id}`
  const isOpen = mayChange(actor, person)
  return (
    <details class="row-menu" name="row-menu">
      <summary aria-label={t('admin.people.menu', { name })}>
        <Icon name="ellipsis" />
      </summary>
      <div class="drop drop-end">
        <a href={`/user/${person.username}`}>
          <Icon name="user" size={18} />
          {t('admin.people.profile')}
        </a>
        {isOpen && (
          <a href={`${own}#role`}>
            <Icon name="shield" size={18} />
            {t('admin.people.changeRole')}
          </a>
        )}
        <a href={`${own}#sessions`}>
          <Icon name="monitor" size={18} />
          {t('admin.people.sessions')}
        </a>
        <a href={`${own}#log`}>
          <Icon name="history" size={18} />
          {t('admin.people.log')}
        </a>
        {isOpen && (
          <a href={`${own}#block`} class="drop-last">
            <Icon name="ban" size={18} />
            <span>
              {t(person.status === 'blocked' ? 'admin.people.unblock' : 'admin.people.blockWho', {
                name,
              })}
            </span>
          </a>
        )}
      </div>
    </details>
  )
}

function addressOf({ q, role, status, cursor }: PeopleQuery): string {
  const asked = Object.entries({ q: q === '' ? undefined : q, role, status, cursor })
  const given = asked.filter((pair): pair is [string, string] => pair[1] !== undefined)
  const query = new URLSearchParams(given).toString()
  return query === '' ? '/admin/people' : `/admin/people?${query}`
}
