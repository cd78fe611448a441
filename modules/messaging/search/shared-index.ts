import { CompiledQuery } from 'kysely'
import { places } from '../messages/prepared.ts'
import type { Attachment, Entity } from '../schema.ts'
import type { MessageTable, Reader, SharedKind } from '../tables.ts'
import { batches } from './word-index.ts'

/* Which messages brought pictures, files, links or a voice into a chat. */

type Writer = Pick<Reader, 'executeQuery'>
export type Bringing = Pick<MessageTable, 'chat_id' | 'seq' | 'media' | 'entities'>

const KIND_OF = { photo: 'media', video: 'media', file: 'files', voice: 'voice' } as const

/** What a message brings; several kinds when it brings several things. */
export function broughtBy({ media, entities }: Pick<Bringing, 'media' | 'entities'>): SharedKind[] {
  const attached = parsed<Attachment>(media).map(({ kind }) => KIND_OF[kind])
  const hasLink = parsed<Entity>(entities).some(({ type }) => type === 'url' || type === 'link')
  return [...new Set<SharedKind>([...attached, ...(hasLink ? (['links'] as const) : [])])]
}

function parsed<Item>(json: string | null): Item[] {
  return json === null ? [] : (JSON.parse(json) as Item[])
}

/** Once more changes nothing. */
export async function indexShared(db: Writer, messages: readonly Bringing[]): Promise<void> {
  const rows = messages.flatMap((message) =>
    broughtBy(message).map((kind) => [message.chat_id, kind, message.seq]),
  )
  for (const some of batches(rows)) {
    const values = some.map((row) => `(${places(row)})`).join(', ')
    const sql = `insert into messaging_shared (chat_id, kind, seq) values ${values}
      on conflict do nothing`
    await db.executeQuery(CompiledQuery.raw(sql, some.flat()))
  }
}

export async function forgetShared(db: Writer, messages: readonly Bringing[]): Promise<void> {
  for (const message of messages) {
    if (broughtBy(message).length === 0) continue
    const sql = 'delete from messaging_shared where chat_id = ? and seq = ?'
    await db.executeQuery(CompiledQuery.raw(sql, [message.chat_id, message.seq]))
  }
}
