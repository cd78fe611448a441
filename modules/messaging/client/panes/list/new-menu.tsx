import type { VNode } from 'preact'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'

const KINDS = [
  ['private', 'user'],
  ['group', 'users'],
  ['channel', 'megaphone'],
] as const

/** Begins a chat, a group or a channel. */
export function NewMenu(): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  return (
    <>
      <button
        type="button"
        class="tool phone-only"
        aria-label={say('search')}
        onClick={() => document.getElementById('chats-search')?.focus()}
      >
        <Icon name="search" size={22} />
      </button>
      <button type="button" class="tool" popovertarget="chats-new" aria-label={say('create')}>
        <Icon name="square-pen" size={22} />
      </button>
      <div id="chats-new" class="pop" popover="auto">
        {KINDS.map(([what, icon]) => (
          <button
            key={what}
            type="button"
            class="pop-item"
            onClick={() => {
              shut()
              desk.open({ kind: 'create', what })
            }}
          >
            <Icon name={icon} />
            {say(`create.${what}`)}
          </button>
        ))}
        <button
          type="button"
          class="pop-item"
          onClick={() => {
            shut()
            void deeds.openSaved()
          }}
        >
          <Icon name="bookmark" />
          {say('saved')}
        </button>
      </div>
    </>
  )
}

function shut(): void {
  document.getElementById('chats-new')?.hidePopover()
}
