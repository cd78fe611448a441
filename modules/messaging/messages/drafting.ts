import type { BlockContent } from 'mdast'
import { errors } from '../errors.ts'
import { blocksOf, writeMarkdown } from './markdown-out.ts'
import type { Room } from '../room.ts'
import type { Entity, Person, PostCard } from '../schema.ts'
import { seenMessages, sightOf } from '../members/sight.ts'
import type { MessageTable } from '../tables.ts'

/**
 * Begins a post of what messages say: one's own words as they are, those of others quoted under
 * their names. Pictures stay behind, because not everybody may see them.
 *
 * @returns the page on which it is written on.
 * @throws QL_MSG_NOT_FOUND when one of them is not seen by this person, QL_MSG_EMPTY when none says
 * anything, QL_CALL_UNAVAILABLE without a blog.
 */
export async function draftOf(
  room: Room,
  userId: string,
  chatId: string,
  seqs: readonly number[],
): Promise<string> {
  const { reader } = room.db
  const wanted = new Set(seqs)
  const rows = await seenMessages(reader, await sightOf(reader, userId, chatId), seqs)
  if (rows.length < wanted.size) throw errors.QL_MSG_NOT_FOUND()
  const people = await room.people.withIds(rows.map(({ sender_id }) => sender_id))
  const byId = new Map(people.map((person) => [person.id, person]))
  const blocks = rows.flatMap((row) => {
    const said = saidIn(row)
    const isOwn = row.sender_id === userId
    return isOwn || said.length === 0 ? said : [quoted(said, byId.get(row.sender_id ?? ''))]
  })
  if (blocks.length === 0) throw errors.QL_MSG_EMPTY()
  const order = { authorId: userId, markdown: await writeMarkdown(blocks) }
  const { path } = (await room.app.call('blog.draft', order)) as { readonly path: string }
  return path
}

function saidIn({ kind, text, entities, post }: MessageTable): BlockContent[] {
  if (kind === 'service') return []
  if (kind === 'post' && post !== null) return [cardOf(JSON.parse(post) as PostCard)]
  return blocksOf(text, entities === null ? [] : (JSON.parse(entities) as Entity[]))
}

function cardOf({ url, title }: PostCard): BlockContent {
  const children = [{ type: 'text', value: title || url } as const]
  return { type: 'paragraph', children: [{ type: 'link', url, children }] }
}

function quoted(said: BlockContent[], person: Person | undefined): BlockContent {
  const name = person?.displayName || person?.username
  const signed: BlockContent[] = name
    ? [{ type: 'paragraph', children: [{ type: 'text', value: `— ${name}` }] }]
    : []
  return { type: 'blockquote', children: [...said, ...signed] }
}
