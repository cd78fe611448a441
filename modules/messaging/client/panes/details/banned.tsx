import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import type { Person } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'
import type { BannedList } from './banned-list.ts'

/** Who was sent away for good, for those who may let them back; asked for when it is opened. */
export function Banned({ list }: { readonly list: BannedList }): VNode {
  const { desk } = useHands()
  const { say } = desk
  useWatched(list)
  const summary = useRef<HTMLElement>(null)
  const unban = async (person: Person, name: string): Promise<void> => {
    if (await list.unban(person)) desk.tell(say('member.unbanned', { name }))
    summary.current?.focus()
  }
  return (
    <details
      class="details-part details-fold"
      onToggle={(event) => event.currentTarget.open && void list.load()}
    >
      <summary ref={summary}>
        <Icon name="ban" size={18} />
        {say('banned')}
      </summary>
      {list.people?.length === 0 && <p class="details-none">{say('banned.none')}</p>}
      <ul class="chat-people">
        {list.people?.map((person) => {
          const name = nameOf(person, say('deletedPerson'))
          return (
            <li key={person.id} class="person person-asks">
              <PersonFace person={person} size={40} />
              <span class="row-words">
                <span class="row-title">{name}</span>
              </span>
              <button
                type="button"
                class="tool"
                aria-label={say('member.unban', { name })}
                onClick={() => void unban(person, name)}
              >
                <Icon name="undo-2" />
              </button>
            </li>
          )
        })}
      </ul>
      {list.hasMore && (
        <button type="button" class="button button-line" onClick={() => void list.more()}>
          {say('showMore')}
        </button>
      )}
    </details>
  )
}
