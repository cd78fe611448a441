import type { VNode } from 'preact'
import { useHands } from '../../desk/use-desk.ts'

/** In the place of the button that sends, while slow mode lets one wait: what is typed stays. */
export function SlowButton({ seconds }: { readonly seconds: number }): VNode {
  const { say } = useHands().desk
  return (
    <>
      <button
        type="submit"
        class="send send-idle send-slow"
        aria-disabled="true"
        aria-label={say('send')}
        aria-describedby="slow-mode-wait"
        title={say('slowMode.wait', { count: seconds })}
      >
        {clockOf(seconds)}
      </button>
      <span id="slow-mode-wait" class="visually-hidden">
        {say('slowMode.wait', { count: seconds })}
      </span>
    </>
  )
}

/** `12`, `1:05`, `1:00:00`. */
function clockOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const first = parts.findIndex((part) => part > 0)
  return parts
    .slice(Math.max(0, first))
    .map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':')
}
