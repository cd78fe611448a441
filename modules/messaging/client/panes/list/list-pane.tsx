import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { hasUnread, inOrder, isIn, isMuted, type ListFilter } from '../../store/book.ts'
import { ChatRow } from './chat-row.tsx'
import { FoundPane } from './found-pane.tsx'
import { NewMenu } from './new-menu.tsx'
import { RowSkeletons } from './row-skeletons.tsx'

const FILTERS: readonly ListFilter[] = ['all', 'personal', 'groups', 'channels']

/** All chats, with search and filters over them. */
export function ListPane(): VNode {
  const { desk } = useHands()
  const { messenger, say } = desk
  useWatched(desk, messenger, messenger.book, messenger.presence, messenger.drafts)
  useWatched(messenger.outbox)
  const isSearching = desk.listQuery.trim() !== ''
  return (
    <section class="list" aria-label={say('title')}>
      <header class="list-head">
        {desk.showsArchive && (
          <button
            type="button"
            class="tool"
            aria-label={say('back')}
            onClick={() => desk.showArchive(false)}
          >
            <Icon name="arrow-left" />
          </button>
        )}
        <h2>{desk.showsArchive ? say('archive') : say('title')}</h2>
        <NewMenu />
      </header>
      <SearchField />
      {!isSearching && !desk.showsArchive && <Filters />}
      {isSearching ? <FoundPane query={desk.listQuery.trim()} /> : <Rows />}
    </section>
  )
}

function SearchField(): VNode {
  const { desk } = useHands()
  const { say } = desk
  return (
    <search class="list-search">
      <Icon name="search" size={20} />
      <input
        type="search"
        id="chats-search"
        value={desk.listQuery}
        placeholder={say('search')}
        aria-label={say('search')}
        autocomplete="off"
        onInput={(event) => desk.findEverywhere(event.currentTarget.value)}
      />
      {desk.listQuery === '' ? (
        <kbd aria-hidden="true">Ctrl K</kbd>
      ) : (
        <button
          type="button"
          class="list-search-clear"
          aria-label={say('search.clear')}
          onClick={() => desk.findEverywhere('')}
        >
          <Icon name="x" size={18} />
        </button>
      )}
    </search>
  )
}

function Filters(): VNode {
  const { desk } = useHands()
  const { say, messenger } = desk
  const now = desk.nowMs
  const counted = messenger.book
    .all()
    .filter((chat) => hasUnread(chat) && !isMuted(chat, now) && !chat.me?.archived)
  return (
    <div class="list-filters" role="group" aria-label={say('filters')}>
      {FILTERS.map((filter) => {
        const count = counted.filter((chat) => isIn(filter, chat)).length
        return (
          <button
            key={filter}
            type="button"
            class="list-filter"
            aria-pressed={desk.filter === filter}
            onClick={() => desk.choose(filter)}
          >
            {say(`filter.${filter}`)}
            {filter !== 'all' && count > 0 && <span class="list-filter-count">{count}</span>}
          </button>
        )
      })}
    </div>
  )
}

/** At the least, as `rows.css` has it. */
const ROW_PX = 72

function Rows(): VNode {
  const { desk } = useHands()
  const { book, presence, drafts, outbox } = desk.messenger
  const known = book.version + presence.version + drafts.version + outbox.version
  /* What can be seen of a long list stands there first; the rest follows when it has been drawn. */
  const [isWhole, setWhole] = useState(false)
  useEffect(() => setWhole(true), [])
  if (!book.isLoaded)
    return desk.messenger.link === 'waiting' ? <Unreached /> : <RowSkeletons count={9} />
  const all = book.all().filter(({ me }) => me?.state === 'in')
  const archived = all.filter(({ me }) => me?.archived)
  const shown = desk.showsArchive
    ? archived
    : all.filter((chat) => !chat.me?.archived && isIn(desk.filter, chat))
  const rows = inOrder(shown).slice(0, isWhole ? Infinity : Math.ceil(innerHeight / ROW_PX))
  const pinned = rows.filter(({ me }) => me?.pinned != null).length
  return (
    <div class="list-scroll">
      {!desk.showsArchive && archived.length > 0 && desk.filter === 'all' && (
        <ArchiveRow archived={archived} />
      )}
      {rows.length === 0 ? (
        <EmptyList />
      ) : (
        <>
          {list(rows.slice(0, pinned))}
          {pinned > 0 && pinned < rows.length && <hr class="rows-line" />}
          {list(rows.slice(pinned))}
        </>
      )}
    </div>
  )

  /** Readers of the screen are told of no list that is empty. */
  function list(some: readonly Chat[]): VNode | false {
    return some.length > 0 && <ul class="rows">{some.map(draw)}</ul>
  }

  function draw(chat: Chat): VNode {
    return <ChatRow key={chat.id} chat={chat} isOpen={desk.chat === chat.id} known={known} />
  }
}

/** There is no room for more in one line. */
const MAX_NAMED = 5

function ArchiveRow({ archived }: { readonly archived: readonly Chat[] }): VNode {
  const { desk, deeds } = useHands()
  const names = inOrder(archived)
    .slice(0, MAX_NAMED)
    .map((chat) => deeds.titleOf(chat))
    .join(', ')
  const unread = archived.filter(hasUnread).length
  return (
    <button type="button" class="archive-row" onClick={() => desk.showArchive(true)}>
      <span class="archive-face">
        <Icon name="archive" size={22} />
      </span>
      <span class="row-words">
        <span class="row-title">{desk.say('archive')}</span>
        <span class="row-summary">{names}</span>
      </span>
      {unread > 0 && <span class="count count-muted">{unread}</span>}
    </button>
  )
}

function EmptyList(): VNode {
  const { desk } = useHands()
  const { say } = desk
  if (desk.showsArchive) return <p class="list-empty">{say('archive.empty')}</p>
  if (desk.filter !== 'all') return <p class="list-empty">{say(`filter.empty.${desk.filter}`)}</p>
  return (
    <div class="list-empty">
      <span class="empty-art" aria-hidden="true">
        <Icon name="message-circle" size={24} />
      </span>
      <h3>{say('list.empty')}</h3>
      <p>{say('list.empty.text')}</p>
      <button
        type="button"
        class="button button-primary"
        onClick={() => desk.open({ kind: 'create', what: 'private' })}
      >
        {say('create.private')}
      </button>
    </div>
  )
}

/** The first visit, and the station does not answer. */
function Unreached(): VNode {
  const { desk } = useHands()
  return (
    <div class="list-empty" role="alert">
      <span class="empty-art" aria-hidden="true">
        <Icon name="cloud-off" size={24} />
      </span>
      <p>{desk.say('list.unreached')}</p>
      <button type="button" class="button button-line" onClick={() => desk.messenger.wake()}>
        {desk.say('retry')}
      </button>
    </div>
  )
}
