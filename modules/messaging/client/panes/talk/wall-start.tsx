import type { VNode } from 'preact'
import type { Chat } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import type { Timeline } from '../../store/timeline.ts'

type WallStartProps = { readonly chat: Chat; readonly timeline: Timeline }

/** Above the first message there is: why nothing is before it, where somebody might wonder. */
export function WallStart({ chat, timeline }: WallStartProps): VNode | null {
  const { say } = useHands().desk
  if (!timeline.isOpen || timeline.hasBefore || !isHiddenFrom(chat)) return null
  return (
    <p class="wall-start">
      <Icon name="eye-off" size={18} />
      {say('wall.newcomer')}
    </p>
  )
}

/** Whoever has cleared the chat since knows why nothing is there. */
function isHiddenFrom({ type, me }: Chat): boolean {
  return type === 'group' && me !== null && me.joinedSeq > 0 && me.clearedSeq === me.joinedSeq
}
