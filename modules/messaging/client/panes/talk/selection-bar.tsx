import type { VNode } from 'preact'
import type { Chat } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'

/** What can be done with the messages that are selected. */
export function SelectionBar({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const seqs = [...desk.selected].toSorted((a, b) => a - b)
  const title = say('selected', { count: seqs.length })
  const tool = (icon: string, label: string, run: () => void, look = 'tool'): VNode => (
    <button type="button" class={look} aria-label={say(label)} onClick={run}>
      <Icon name={icon} />
    </button>
  )
  return (
    <div class="selection" role="toolbar" aria-label={title}>
      {tool('x', 'select.cancel', () => desk.selectNone())}
      <strong aria-live="polite">
        <span class="selection-title">{title}</span>
        <span class="phone-only" aria-hidden="true">
          {seqs.length}
        </span>
      </strong>
      {tool('copy', 'copy', () => void deeds.copyMessages(chat.id, seqs))}
      {tool('bookmark', 'save', () => void deeds.save(chat.id, seqs))}
      {desk.can('draft') &&
        tool('square-pen', 'message.draft', () => void deeds.draft(chat.id, seqs))}
      {tool('trash-2', 'remove', () => desk.open({ kind: 'delete', seqs }), 'tool tool-bad')}
      <button
        type="button"
        class="button button-primary"
        onClick={() => desk.open({ kind: 'forward', seqs })}
      >
        <Icon name="forward" />
        <span class="selection-title">{say('forward')}</span>
      </button>
    </div>
  )
}
