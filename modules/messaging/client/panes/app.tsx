import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Hands } from '../desk/use-desk.ts'
import { HandsContext, useHands, useWatched } from '../desk/use-desk.ts'
import { Icon } from '../look/icon.tsx'
import { DetailsPane } from './details/details-pane.tsx'
import { NewsStrip } from './list/news-strip.tsx'
import { ListPane } from './list/list-pane.tsx'
import { UnsentStrip } from './list/unsent-strip.tsx'
import { Overs, ToastLine } from './over/overs.tsx'
import { Conversation } from './talk/conversation.tsx'

/** The whole messenger: list, conversation, details, and what lies over them. */
export function App({ hands }: { readonly hands: Hands }): VNode {
  return (
    <HandsContext.Provider value={hands}>
      <Panes />
      <Overs />
      <ToastLine />
    </HandsContext.Provider>
  )
}

function Panes(): VNode {
  const { desk, deeds } = useHands()
  useWatched(desk, desk.messenger)
  const screen = desk.chat === undefined ? 'list' : 'chat'
  useEffect(() => {
    document.body.dataset['chatScreen'] = screen
  }, [screen])
  const hasDetails = desk.hasDetails && desk.chat !== undefined
  return (
    <div
      class={hasDetails ? 'panes panes-details' : 'panes'}
      data-screen={screen}
      onClick={followLink}
    >
      <div class="panes-left">
        <EndedLine />
        <UnsentStrip />
        <NewsStrip />
        <ListPane />
      </div>
      <Conversation />
      {hasDetails && <DetailsPane />}
    </div>
  )

  /** Links to people and words of the search stay in this page. */
  function followLink(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const { mention, hashtag } = link?.dataset ?? {}
    if (hashtag !== undefined) {
      event.preventDefault()
      desk.findEverywhere(hashtag)
    }
    if (mention !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      void deeds.write(mention)
    }
  }
}

/** The session is over: everything unsent is kept until one signs in again. */
function EndedLine(): VNode | null {
  const { desk } = useHands()
  const { messenger, say } = desk
  if (messenger.link !== 'ended') return null
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
