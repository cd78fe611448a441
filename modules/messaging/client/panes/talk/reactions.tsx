import type { ComponentChildren, VNode } from 'preact'
import type { Message } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'

type ReactionsProps = { readonly message: Message; readonly children: ComponentChildren }

/** Chips of reactions; a press adds or takes back one's own. They share a line with the time. */
export function Reactions({ message, children }: ReactionsProps): VNode {
  const { desk, deeds } = useHands()
  return (
    <div class="reactions">
      {message.reactions.map(({ emoji, count, mine }) => (
        <button
          key={emoji}
          type="button"
          class="reaction"
          data-emoji={emoji}
          aria-pressed={mine}
          aria-label={desk.say('reaction', { emoji, count })}
          onClick={(event) => {
            event.stopPropagation()
            void deeds.react(message, emoji)
          }}
        >
          <span aria-hidden="true">{emoji}</span>
          <span aria-hidden="true">{count}</span>
        </button>
      ))}
      {children}
    </div>
  )
}

/** Of the chip that is pressed for long, or pointed at. */
export function emojiAt(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined
  return target.closest<HTMLElement>('.reaction')?.dataset['emoji']
}
