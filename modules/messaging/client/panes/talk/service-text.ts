import type { Message, Reply } from '../../protocol/dto.ts'
import type { Hands } from '../../desk/use-desk.ts'
import { oneLine } from '../../look/shortly.ts'
import { nameOf } from '../../store/effects.ts'

const PINNED_CHARS = 48

/** What has happened to the chat itself, as a sentence. */
export function serviceText({ desk }: Hands, { service, sender }: Message): string {
  const { say, messenger } = desk
  const { book } = messenger
  const name = nameOf(book.person(sender), say('somebody'))
  const users = (service?.users ?? [])
    .map((id) => nameOf(book.person(id), say('somebody')))
    .join(', ')
  const text = service?.text ?? ''
  const pinned = service?.pinned && pinnedIn(service.pinned)
  if (pinned) return say(`service.pinned.${pinned.kind}`, { name, ...pinned })
  return say(`service.${service?.what ?? 'created'}`, { name, users, text })
}

/** Undefined where it is gone. */
function pinnedIn({ text, shown }: Reply) {
  if (text !== '') return { kind: 'words', text: beginning(oneLine(text)), count: 1 } as const
  if (!shown) return undefined
  const { kind, count, name } = shown
  const isAlbum = count > 1 && (kind === 'photo' || kind === 'video')
  return { kind: isAlbum ? 'album' : kind, text: name, count } as const
}

function beginning(text: string): string {
  const letters = Array.from(text)
  return letters.length > PINNED_CHARS
    ? `${letters.slice(0, PINNED_CHARS).join('').trimEnd()}…`
    : text
}
