import { Avatar, Card, type Speech } from '#core'
import type { VNode } from 'preact'
import type { Person } from '../people.ts'
import { Decision } from './buttons.tsx'

export type SettingsCardProps = Speech & {
  readonly blocked: readonly Person[]
  readonly muted: readonly Person[]
}

/** Whom the person keeps away, and of whom they hear nothing. */
export function SettingsCard({ t, blocked, muted }: SettingsCardProps): VNode {
  return (
    <Card title={t('relations.card.title')} text={t('relations.card.text')}>
      {blocked.length + muted.length === 0 && <p class="circle-none">{t('relations.card.none')}</p>}
      <ul class="circle-kept">
        {blocked.map((person) => (
          <Kept key={person.id} person={person} what={t('relations.blocked')}>
            <Decision
              username={person.username}
              kind="block"
              on={false}
              look="line"
              from="settings"
            >
              {t('relations.unblock')}
            </Decision>
          </Kept>
        ))}
        {muted.map((person) => (
          <Kept key={person.id} person={person} what={t('relations.muted')}>
            <Decision username={person.username} kind="mute" on={false} look="line" from="settings">
              {t('relations.unmuteShort')}
            </Decision>
          </Kept>
        ))}
      </ul>
    </Card>
  )
}

type KeptProps = { readonly person: Person; readonly what: string; readonly children: VNode }

function Kept({ person, what, children }: KeptProps): VNode {
  const { displayName, username, avatar } = person
  return (
    <li>
      <Avatar name={displayName} username={username} src={avatar} size={40} />
      <span>
        <a href={`/user/${username}`}>{displayName}</a>
        <span class="circle-name">{what}</span>
      </span>
      {children}
    </li>
  )
}
