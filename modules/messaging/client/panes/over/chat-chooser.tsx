import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { ChatFace } from '../../look/face.tsx'
import { inOrder } from '../../store/book.ts'
import { beginsIn } from '#client'

type ChatChooserProps = {
  readonly label: string
  readonly among: (chat: Chat) => boolean
  readonly choose: (chat: Chat) => void
}

const MAX_SHOWN = 40

/** Finds a chat by the beginnings of its words; arrows and Enter choose. */
export function ChatChooser({ label, among, choose }: ChatChooserProps): VNode {
  const { desk, deeds } = useHands()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const all = inOrder(desk.messenger.book.all()).filter(among)
  const shown = all
    .filter((chat) => beginsIn(`${deeds.titleOf(chat)} ${chat.peer?.username ?? ''}`, query))
    .slice(0, MAX_SHOWN)
  const chosen = Math.min(at, shown.length - 1)
  return (
    <div class="chooser">
      <input
        autofocus
        type="text"
        class="entry-input"
        role="combobox"
        list={undefined}
        aria-expanded="true"
        aria-controls="chooser-list"
        aria-activedescendant={chosen >= 0 ? `chooser-${chosen}` : undefined}
        value={query}
        placeholder={label}
        aria-label={label}
        onInput={(event) => {
          setQuery(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={key}
      />
      <ul class="chooser-list" role="listbox" id="chooser-list" aria-label={label}>
        {shown.map((chat, index) => (
          <li
            key={chat.id}
            id={`chooser-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => choose(chat)}
          >
            <ChatFace chat={chat} title={deeds.titleOf(chat)} size={40} />
            <span class="row-title">{deeds.titleOf(chat)}</span>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p class="list-empty">{desk.say('found.nothing', { query })}</p>}
    </div>
  )

  function key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chat = shown[chosen]
    if (step !== undefined) setAt(Math.max(0, Math.min(shown.length - 1, chosen + step)))
    else if (event.key === 'Enter' && chat) choose(chat)
    else return
    event.preventDefault()
  }
}
