import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { browserNews, NewsQuestion } from '../../desk/news.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'

/** Asks once, quietly, whether new messages may be shown while one looks elsewhere. */
export function NewsStrip(): VNode | null {
  const { desk } = useHands()
  const { messenger, say } = desk
  const [question] = useState(() => new NewsQuestion(browserNews))
  useWatched(question)
  useEffect(() => {
    messenger.onMessage((message) => message.sender !== messenger.self.id && question.heard())
  }, [])
  if (!question.isOpen) return null
  return (
    <div class="news-strip" role="status">
      <Icon name="bell" size={18} />
      <p>{say('ask.title')}</p>
      <div class="news-strip-answers">
        <button
          type="button"
          class="button button-primary button-s"
          onClick={() => void question.allow()}
        >
          {say('ask.allow')}
        </button>
        <button type="button" class="button button-quiet button-s" onClick={() => question.later()}>
          {say('ask.later')}
        </button>
      </div>
    </div>
  )
}
