import type { Message } from '../../protocol/dto.ts'
import type { Hands } from '../../desk/use-desk.ts'
import { nameOf } from '../../store/effects.ts'

/** What has happened to the chat itself, as a sentence. */
export function serviceText({ desk }: Hands, { service, sender }: Message): string {
  const { say, messenger } = desk
  const { book } = messenger
  const name = nameOf(book.person(sender), say('somebody'))
  const users = (service?.users ?? [])
    .map((id) => nameOf(book.person(id), say('somebody')))
    .join(', ')
  const text = service?.text ?? ''
  return say(`service.${service?.what ?? 'created'}`, { name, users, text })
}
