import type { VNode } from 'preact'
import { Avatar } from './avatar.tsx'

export type PersonSummary = {
  readonly name: string
  readonly username: string
  readonly href: string
  /** One line of their own about themselves. */
  readonly line?: string | undefined
  readonly avatar?: string | undefined
}

/** Portraits with one line each; on a phone they scroll sideways. */
export function PeopleStrip({ people }: { readonly people: readonly PersonSummary[] }): VNode {
  return (
    <ul class="people">
      {people.map((person) => (
        <li key={person.username}>
          <a href={person.href}>
            <Avatar name={person.name} username={person.username} src={person.avatar} size={72} />
            <span class="people-name">{person.name}</span>
            {person.line && <span class="people-line">{person.line}</span>}
          </a>
        </li>
      ))}
    </ul>
  )
}
