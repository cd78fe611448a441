import type { VNode } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { EmojiPicker } from './emoji-picker.tsx'

/** Opens the emoji over the composer; the picker itself is fetched when it is first wanted. */
export function EmojiButton({ choose }: { readonly choose: (emoji: string) => void }): VNode {
  const { say } = useHands().desk
  const pop = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="tool" popovertarget="composer-emoji" aria-label={say('emoji')}>
        <Icon name="smile" size={22} />
      </button>
      <div
        ref={pop}
        id="composer-emoji"
        class="pop emoji-pop"
        popover="auto"
        onBeforeToggle={(event) => {
          if (event.newState === 'open') place()
        }}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {isOpen && (
          <EmojiPicker
            choose={(emoji, isLast) => {
              choose(emoji)
              if (isLast) pop.current?.hidePopover()
            }}
          />
        )}
      </div>
    </>
  )

  /** Above the button that opens it. */
  function place(): void {
    const { current } = pop
    const composer = current?.closest('.composer')?.getBoundingClientRect()
    if (!current || !composer) return
    current.style.insetInlineEnd = `${innerWidth - composer.right}px`
    current.style.insetBlockEnd = `${innerHeight - composer.top + 8}px`
  }
}
