import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat, Person } from '../../protocol/dto.ts'
import { beginsIn } from '#client'
import { useHands } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'

type MentionListProps = {
  readonly chat: Chat
  readonly query: string
  readonly choose: (username: string) => void
}

const MAX_SHOWN = 5

/** Members whose name begins so: arrows and Enter choose, as a press does. Without any the keys stay the field's. */
export function MentionList({ chat, query, choose }: MentionListProps): VNode | null {
  const { desk, deeds } = useHands()
  const [found, setFound] = useState<readonly Person[]>([])
  const [at, setAt] = useState(0)
  useEffect(() => {
    let isStale = false
    const find = async (): Promise<void> => {
      const answer = await deeds.peek('members.list', { chat: chat.id, q: query })
      if (isStale || !answer) return
      const { items } = answer as { items: readonly { user: Person }[] }
      const others = items.map(({ user }) => user)
      setFound(others.filter(({ id }) => id !== desk.messenger.self.id))
      setAt(0)
    }
    void find()
    return () => void (isStale = true)
  }, [query])
  /* Until there is an answer, those who were found for a shorter name. */
  const people = found
    .filter((one) => beginsIn(`${one.displayName} ${one.username}`, query))
    .slice(0, MAX_SHOWN)
  const current = Math.min(at, people.length - 1)
  useEffect(() => {
    if (people.length === 0) return
    document.addEventListener('keydown', key, true)
    return () => document.removeEventListener('keydown', key, true)
  })
  if (people.length === 0) return null
  return (
    <ul class="mention-list" role="listbox" aria-label={desk.say('mention.choose')}>
      {people.map((person, index) => (
        <li
          key={person.id}
          role="option"
          aria-selected={index === current}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(person.username)}
        >
          <PersonFace person={person} size={32} />
          <strong>{person.displayName}</strong>
          <span>@{person.username}</span>
        </li>
      ))}
    </ul>
  )

  function key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setAt((current + step + people.length) % people.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(people[current]?.username ?? '')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
