import {
  Avatar,
  Button,
  EmptyState,
  Icon,
  type Locale,
  machineDate,
  PageHeading,
  Pagination,
  shortDate,
  type Speech,
} from '#core'
import type { VNode } from 'preact'
import { stretches } from '../asked-words.ts'
import type { Found, FoundType } from '../schema.ts'

export type SearchProps = Speech & {
  readonly locale: Locale
  /** '' before anything is asked. */
  readonly q: string
  readonly type: FoundType | undefined
  /** What can be found here by this person. */
  readonly types: readonly FoundType[]
  readonly items: readonly Found[]
  readonly isMember: boolean
  readonly next: string | undefined
  readonly now: Date
}

export function SearchPage(props: SearchProps): VNode {
  const { t, q, type, items, next, isMember } = props
  const asks = t(isMember ? 'search.placeholder.member' : 'search.placeholder')
  return (
    <div class="search-page">
      <PageHeading title={t('search.title')} />
      <form class="search-form" role="search" action="/search">
        <Icon name="search" size={20} />
        <input
          type="search"
          name="q"
          value={q}
          maxLength={200}
          placeholder={asks}
          aria-label={asks}
          autofocus={q === ''}
          enterkeyhint="search"
        />
        {type !== undefined && <input type="hidden" name="type" value={type} />}
        <Button kind="primary">{t('search.find')}</Button>
      </form>
      {q !== '' && <Kinds {...props} />}
      {q !== '' && items.length === 0 && next === undefined && (
        <EmptyState icon="search" title={t('search.nothing')} text={t('search.nothingText')} />
      )}
      {q === '' && <p class="muted search-hint">{t('search.hint')}</p>}
      {items.length > 0 && (
        <ol class="hit-list" aria-label={t('search.found')}>
          {items.map((item) => (
            <Row key={`${item.type} ${item.id}`} {...props} item={item} />
          ))}
        </ol>
      )}
      <Pagination href={next} label={t('search.more')} />
    </div>
  )
}

function Kinds({ t, q, type, types }: SearchProps): VNode {
  const kinds = [undefined, ...types]
  return (
    <nav class="profile-tabs" aria-label={t('search.kinds')}>
      {kinds.map((kind) => (
        <a
          key={kind ?? 'all'}
          href={`/search?${new URLSearchParams({ q, ...(kind ? { type: kind } : {}) }).toString()}`}
          aria-current={kind === type ? 'page' : undefined}
        >
          {t(`search.kind.${kind ?? 'all'}`)}
        </a>
      ))}
    </nav>
  )
}

const ICONS = {
  chats: 'message-circle',
  users: 'user',
  tags: 'hash',
  own: 'square-pen',
  posts: 'file-text',
  messages: 'message-square',
} as const

type RowProps = SearchProps & { readonly item: Found }

function Row(props: RowProps): VNode {
  const { t, q, item } = props
  const { type, title, text, by, url, avatarUrl } = item
  const isPerson = type === 'users'
  const isPost = type === 'posts' || type === 'own'
  return (
    <li class="hit">
      {isPerson || (type === 'chats' && avatarUrl !== null) ? (
        <Avatar name={title} username={by} src={avatarUrl ?? undefined} size={44} />
      ) : (
        <span class="hit-mark">
          <Icon name={ICONS[type]} size={20} />
        </span>
      )}
      <div>
        <p class={isPost ? 'hit-title' : 'hit-name'}>
          <a href={url}>{title === '' ? t('search.untitled') : <Marked text={title} q={q} />}</a>
        </p>
        {text !== '' && <p class="hit-text">{isPerson ? text : <Marked text={text} q={q} />}</p>}
        <Facts {...props} />
      </div>
    </li>
  )
}

function Facts({ t, locale, item, now }: RowProps): VNode {
  const { type, by, at } = item
  return (
    <p class="meta">
      {by !== '' && <span>{type === 'users' ? `@${by}` : by}</span>}
      {at !== null && <time dateTime={machineDate(at)}>{shortDate(at, locale, 'UTC', now)}</time>}
      {type === 'own' && at === null && <span>{t('search.draft')}</span>}
    </p>
  )
}

function Marked({ text, q }: { readonly text: string; readonly q: string }): VNode {
  return (
    <>
      {stretches(text, q).map((part, index) =>
        part.isFound ? <mark key={index}>{part.text}</mark> : part.text,
      )}
    </>
  )
}
