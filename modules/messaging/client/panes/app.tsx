import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Hands } from '../desk/use-desk.ts'
import { HandsContext, useHands, useWatched } from '../desk/use-desk.ts'
import { DetailsPane } from './details/details-pane.tsx'
import { LinkLine } from './link-line.tsx'
import { NewsStrip } from './list/news-strip.tsx'
import { ListPane } from './list/list-pane.tsx'
import { UnsentStrip } from './list/unsent-strip.tsx'
import { Overs, ToastLine } from './over/overs.tsx'
import { Conversation } from './talk/conversation.tsx'

/** As `narrow.css` has it. */
const ONE_PANE = '(width < 760px)'

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
        <LinkLine />
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
      /* On a phone the list is another screen, and the chat is what one is at. */
      if (desk.chat !== undefined && matchMedia(ONE_PANE).matches) desk.find(hashtag)
      else desk.findEverywhere(hashtag)
    }
    if (mention !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      void deeds.write(mention)
    }
  }
}
