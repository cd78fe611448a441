import { Avatar, BackLink, EmptyState, Pagination, type Speech } from '#core'
import type { VNode } from 'preact'
import type { Person } from '../people.ts'

export type PeoplePageProps = Speech & {
  readonly person: Person
  readonly which: 'followers' | 'following'
  readonly followers: number
  readonly following: number
  readonly people: readonly Person[]
  /** Address of the next part. */
  readonly next: string | undefined
}

/** People around a person: two tabs, a list of names. */
export function PeoplePage(props: PeoplePageProps): VNode {
  const { t, person, which, people, next } = props
  const home = `/user/${person.username}`
  return (
    <div class="circle" data-flavour={person.flavour}>
      <header class="circle-head">
        <BackLink href={home} label={person.displayName} />
        <h1>{t(`relations.${which}.title`)}</h1>
      </header>
      <nav class="profile-tabs" aria-label={t('relations.tabs')}>
        {(['followers', 'following'] as const).map((tab) => (
          <a key={tab} href={`${home}/${tab}`} aria-current={tab === which ? 'page' : undefined}>
            {t(`relations.${tab}.count`, { count: props[tab] })}
          </a>
        ))}
      </nav>
      {people.length === 0 ? (
        <EmptyState
          icon="users"
          title={t(`relations.${which}.empty`)}
          text={t(`relations.${which}.emptyText`, { name: person.displayName })}
        />
      ) : (
        <PeopleList people={people} />
      )}
      <Pagination href={next} label={t('relations.more')} />
    </div>
  )
}

function PeopleList({ people }: { readonly people: readonly Person[] }): VNode {
  return (
    <ul class="circle-list">
      {people.map(({ id, username, displayName, bio, avatar }) => (
        <li key={id}>
          <a href={`/user/${username}`}>
            <Avatar name={displayName} username={username} src={avatar} size={48} />
            <span>
              <b>{displayName}</b>
              <span class="circle-name">@{username}</span>
              {bio !== '' && <span class="circle-bio">{bio}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
