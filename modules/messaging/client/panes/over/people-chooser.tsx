import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { beginsIn } from '#client'
import type { Person } from '../../protocol/dto.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'

type PeopleChooserProps = {
  readonly chosen: readonly Person[]
  /** One press is the answer; otherwise several are gathered. */
  readonly isSingle?: boolean
  readonly toggle: (person: Person) => void
}

const PAUSE_MS = 200
const MAX_SHOWN = 30

/** Finds people: those one talks with at once, others by name from the station. */
export function PeopleChooser({ chosen, isSingle, toggle }: PeopleChooserProps): VNode {
  const hands = useHands()
  const { say } = hands.desk
  const [query, setQuery] = useState('')
  const people = offered(hands, query, usePeople(hands, query))
  return (
    <div class="chooser">
      {chosen.length > 0 && <Chosen people={chosen} toggle={toggle} />}
      <input
        type="search"
        class="entry-input"
        autofocus={isSingle}
        value={query}
        placeholder={say('people.search')}
        aria-label={say('people.search')}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <ul class="chooser-list" aria-label={say('found.people')}>
        {people.map((person) => {
          const isChosen = chosen.some(({ id }) => id === person.id)
          return (
            <li key={person.id}>
              <button
                type="button"
                aria-pressed={isSingle ? undefined : isChosen}
                onClick={() => toggle(person)}
              >
                <PersonFace person={person} size={40} />
                <span class="row-words">
                  <span class="row-title">{person.displayName}</span>
                  <span class="row-summary">@{person.username}</span>
                </span>
                {isChosen && <Icon name="circle-check" size={22} />}
              </button>
            </li>
          )
        })}
      </ul>
      {people.length === 0 && (
        <p class="list-empty">{say(query === '' ? 'people.hint' : 'found.nothing', { query })}</p>
      )}
    </div>
  )
}

type ChosenProps = Pick<PeopleChooserProps, 'toggle'> & { readonly people: readonly Person[] }

function Chosen({ people, toggle }: ChosenProps): VNode {
  const { say } = useHands().desk
  return (
    <ul class="chosen">
      {people.map((person) => (
        <li key={person.id}>
          <button type="button" onClick={() => toggle(person)}>
            <PersonFace person={person} size={24} />
            <span class="visually-hidden">{say('people.drop', { name: person.displayName })}</span>
            <span aria-hidden="true">{person.displayName}</span>
            <Icon name="x" size={14} />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Whom the station knows by this name. */
function usePeople({ desk, deeds }: Hands, query: string): readonly Person[] {
  const [found, setFound] = useState<readonly Person[]>([])
  useEffect(() => {
    const asked = query.trim().replace(/^@/, '')
    if (asked === '') {
      setFound([])
      return undefined
    }
    let isStale = false
    const ask = async (): Promise<void> => {
      const people = desk.can('msg.search') ? await deeds.people(asked) : await deeds.person(asked)
      if (!isStale) setFound(people)
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [query])
  return found
}

function offered({ desk }: Hands, query: string, found: readonly Person[]): Person[] {
  const { book, self } = desk.messenger
  const known = book.all().flatMap(({ peer }) => peer ?? [])
  const near = known.filter((person) => beginsIn(`${person.displayName} ${person.username}`, query))
  const people = new Map([...near, ...found].map((person) => [person.id, person]))
  people.delete(self.id)
  return [...people.values()].filter(({ deleted }) => !deleted).slice(0, MAX_SHOWN)
}
