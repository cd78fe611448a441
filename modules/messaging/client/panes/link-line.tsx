import type { VNode } from 'preact'
import { useHands, useWatched } from '../desk/use-desk.ts'
import { Icon } from '../look/icon.tsx'

/** Why nothing comes any more, and what to do about it. What was typed and not sent is kept here. */
export function LinkLine(): VNode | null {
  const { messenger } = useHands().desk
  useWatched(messenger)
  if (messenger.link === 'ended') return <EndedLine />
  return messenger.link === 'outdated' ? <OutdatedLine /> : null
}

function EndedLine(): VNode {
  const { messenger, say } = useHands().desk
  const back = encodeURIComponent(location.pathname)
  return (
    <div class="ended" role="alert">
      <Icon name="lock" size={18} />
      <p>
        {say('ended')}
        {messenger.outbox.size > 0 && ` ${say('ended.waiting', { count: messenger.outbox.size })}`}
      </p>
      <a class="button button-primary button-s" href={`/auth/login?return=${back}`}>
        {say('ended.signIn')}
      </a>
    </div>
  )
}

/** The station is newer than this page. */
function OutdatedLine(): VNode {
  const { say } = useHands().desk
  return (
    <div class="ended ended-calm" role="status">
      <Icon name="refresh-cw" size={18} />
      <p>{say('outdated')}</p>
      <button
        type="button"
        class="button button-primary button-s"
        onClick={() => location.reload()}
      >
        {say('outdated.reload')}
      </button>
    </div>
  )
}
