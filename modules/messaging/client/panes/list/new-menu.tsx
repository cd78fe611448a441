import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { isSoundOn, turnSound } from '../../desk/sound.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'

const KINDS = [
  ['private', 'user'],
  ['group', 'users'],
  ['channel', 'megaphone'],
] as const

/** Begins a chat, a group or a channel; and whether new messages make a sound. */
export function NewMenu(): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  return (
    <>
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
        <SoundSwitch />
      </div>
    </>
  )
}

function SoundSwitch(): VNode {
  const { say } = useHands().desk
  const [isOn, setOn] = useState(isSoundOn)
  return (
    <button
      type="button"
      class="pop-item pop-apart"
      aria-pressed={isOn}
      onClick={() => {
        turnSound(!isOn)
        setOn(!isOn)
      }}
    >
      <Icon name={isOn ? 'bell' : 'bell-off'} />
      {say('sound')}
      <span class="pop-state" aria-hidden="true">
        {say(isOn ? 'sound.on' : 'sound.off')}
      </span>
    </button>
  )
}

function shut(): void {
  document.getElementById('chats-new')?.hidePopover()
}
