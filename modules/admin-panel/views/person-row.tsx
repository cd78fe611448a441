import { Avatar, Icon, type Person, shortDate, type Speech } from '#core'
import type { VNode } from 'preact'
import { mayChange, mayChoose } from '../policy.ts'
import { bytesText, seenText, shareOf } from '../quantities.ts'
import type { PeopleProps } from './people.tsx'

type RowProps = PeopleProps & { readonly person: Person }

export function PersonRow(props: RowProps): VNode {
  const { t, locale, person, shown, actor, timeZone, now } = props
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
      <td class="people-role">
        <span class={`role role-${person.role}`}>{t(`admin.role.${person.role}`)}</span>
      </td>
      <td class="people-state">
        <StatusBadge t={t} status={person.status} />
      </td>
      <td class="people-stored">
        <Stored {...props} />
      </td>
      <td class="people-joined">
        <time dateTime={person.createdAt}>
          {shortDate(person.createdAt, locale, timeZone, now)}
        </time>
      </td>
      <td class="people-seen">
        <SeenTime {...props} />
      </td>
      <td class="people-more">
        <RowMenu {...props} name={name} />
      </td>
    </tr>
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
