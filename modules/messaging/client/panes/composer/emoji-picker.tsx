import type { VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { useHands } from '../../desk/use-desk.ts'
import { type EmojiGroup, emojiGroups } from '../../look/emoji.ts'

const RECENT = 'quark-emoji'
const MAX_RECENT = 24

type EmojiPickerProps = {
  /** @param isLast the picker may close: it was one, not one of several. */
  readonly choose: (emoji: string, isLast: boolean) => void
}

/** Emoji by group, with those used last on top, and a search in both languages. */
export function EmojiPicker({ choose }: EmojiPickerProps): VNode {
  const { say } = useHands().desk
  const groups = useMemo(emojiGroups, [])
  const [query, setQuery] = useState('')
  const recent = useMemo(readRecent, [])
  const asked = query.trim().toLowerCase()
  const shown = asked === '' ? [...recent, ...groups] : found(groups, asked)
  const take = (emoji: string, isLast: boolean): void => {
    keepRecent(emoji)
    choose(emoji, isLast)
  }
  return (
    <div class="emoji">
      <input
        type="search"
        class="emoji-search"
        value={query}
        placeholder={say('emoji.search')}
        aria-label={say('emoji.search')}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = shown[0]?.items[0]
          if (event.key !== 'Enter') return
          event.preventDefault()
          if (asked !== '' && first) take(first.emoji, true)
        }}
      />
      <div class="emoji-scroll">
        {shown.map((group) => (
          <Grid key={group.name} group={group} take={take} />
        ))}
        {shown.length === 0 && asked !== '' && <p class="list-empty">{say('emoji.nothing')}</p>}
      </div>
    </div>
  )
}

type GridProps = {
  readonly group: EmojiGroup
  readonly take: (emoji: string, isLast: boolean) => void
}

function Grid({ group, take }: GridProps): VNode {
  const { say } = useHands().desk
  return (
    <section aria-label={say(`emoji.${group.name}`)}>
      <h2>{say(`emoji.${group.name}`)}</h2>
      <div class="emoji-grid">
        {group.items.map(({ emoji, words }) => (
          <button
            key={emoji}
            type="button"
            title={words.split(' ')[0] || emoji}
            onClick={(event) => take(emoji, !event.shiftKey)}
          >
            {emoji}
          </button>
        ))}
      </div>
    </section>
  )
}

/** Any of its words begins so. */
function found(groups: readonly EmojiGroup[], asked: string): EmojiGroup[] {
  const items = groups.flatMap((group) =>
    group.items.filter(({ words }) => words.split(' ').some((word) => word.startsWith(asked))),
  )
  return items.length > 0 ? [{ name: 'found', items }] : []
}

function keepRecent(emoji: string): void {
  const others = lastUsed().filter((each) => each !== emoji)
  try {
    localStorage.setItem(RECENT, JSON.stringify([emoji, ...others].slice(0, MAX_RECENT)))
  } catch {
    /* Without a place to keep them there are none used last. */
  }
}

function readRecent(): EmojiGroup[] {
  const items = lastUsed().map((emoji) => ({ emoji, words: '' }))
  return items.length > 0 ? [{ name: 'recent', items }] : []
}

function lastUsed(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(RECENT) ?? '[]')
    return Array.isArray(kept) ? kept.map(String) : []
  } catch {
    return []
  }
}
