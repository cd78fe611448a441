import { Avatar, Icon, type Person, shortDate, type Speech } from '#core'
import type { VNode } from 'preact'
import { isShown } from '../people/people-columns.ts'
import { mayChange, mayChoose } from '../policy.ts'
import { bytesText, countText, seenText, shareOf } from '../overview/quantities.ts'
import type { PeopleProps } from './people.tsx'

type RowProps = PeopleProps & { readonly person: Person }

export function PersonRow(props: RowProps): VNode {
  const { t, person, shown, actor } = props
  const { name = person.username, avatar } = shown.get(person.id) ?? {}
  return (
    <tr>
      <td class="people-tick">
        {mayChoose(actor, person) && (
          <label class="check">
            <input
              type="checkbox"
              name="people"
              value={person.id}
              aria-label={t('admin.many.choose', { name })}
            />
          </label>
        )}
      </td>
      <th scope="row" class="people-who">
        <span class={person.isOnline ? 'presence presence-here' : 'presence'}>
          <Avatar name={name} username={person.username} src={avatar} size={40} />
        </span>
        <a href={`/admin/people/${person.id}`} title={name}>
          <b>{name}</b>
          <span>@{person.username}</span>
        </a>
      </th>
      <Facts {...props} />
      <td class="people-more">
        <RowMenu {...props} name={name} />
      </td>
    </tr>
  )
}

/** What stands beside the name: in columns, on a phone one after the other with its label. */
function Facts(props: RowProps): VNode {
  const { t, locale, person, columns, timeZone, now } = props
  const { createdAt, role, status } = person
  return (
    <>
      {isShown(columns, 'role') && (
        <td class="people-role">
          <span class={`role role-${role}`}>{t(`admin.role.${role}`)}</span>
        </td>
      )}
      {isShown(columns, 'status') && (
        <td class="people-state">
          <StatusBadge t={t} status={status} />
        </td>
      )}
      {columns.counted.map(({ name, label, counts }) => (
        <td key={name} class="people-count people-fact">
          <span class="people-label">{label[locale]}</span>
          {countText(counts[person.id] ?? 0, locale)}
        </td>
      ))}
      {isShown(columns, 'stored') && (
        <td class="people-stored people-fact">
          <span class="people-label">{t('admin.people.stored')}</span>
          <Stored {...props} />
        </td>
      )}
      {isShown(columns, 'joined') && (
        <td class="people-joined people-fact">
          <span class="people-label">{t('admin.people.joined')}</span>
          <time dateTime={createdAt}>{shortDate(createdAt, locale, timeZone, now)}</time>
        </td>
      )}
      {isShown(columns, 'seen') && (
        <td class="people-seen people-fact">
          <span class="people-label">{t('admin.people.seen')}</span>
          <SeenTime {...props} />
        </td>
      )}
    </>
  )
}

function Stored({ t, locale, person: { storedBytes, quotaBytes } }: RowProps): VNode {
  const share = shareOf(storedBytes, quotaBytes)
  const words = { used: bytesText(storedBytes, locale), quota: bytesText(quotaBytes, locale) }
  return (
    <div class="stored" title={t('admin.people.storedOf', words)}>
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="storage-all" width={100} height={1} />
        <rect class={share < 90 ? 'storage-media' : 'storage-full'} width={share} height={1} />
      </svg>
      <span>{words.used}</span>
    </div>
  )
}

function SeenTime({ t, locale, person, timeZone, now }: RowProps): VNode {
  const { isOnline, seenAt } = person
  if (isOnline) return <span class="is-here">{t('admin.people.here')}</span>
  if (seenAt === null) return <>{t('admin.people.never')}</>
  return <time dateTime={seenAt}>{seenText(seenAt, locale, timeZone, now)}</time>
}

export function StatusBadge({ t, status }: Pick<Speech, 't'> & { readonly status: string }): VNode {
  const look = status === 'active' ? 'state state-good' : 'state state-bad'
  return <span class={look}>{t(`admin.status.${status}`)}</span>
}

function RowMenu({ t, actor, person, name }: RowProps & { readonly name: string }): VNode {
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
