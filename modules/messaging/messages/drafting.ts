import type { BlockContent } from 'mdast'
import { errors } from '../errors.ts'
import { blocksOf, writeMarkdown } from './markdown-out.ts'
import type { Room } from '../room.ts'
import type { KeptForward } from './present-message.ts'
import type { Attachment, Entity, Person, PostCard } from '../schema.ts'
import { seenMessages, sightOf } from '../members/sight.ts'
import type { MessageTable } from '../tables.ts'

/**
 * Begins a post of what messages say: one's own words and photos as they are, the words of others
 * quoted under their names, whoever passed them on. The pictures of others stay behind, because it
 * is not for this person to show them, and so do files and voices, which no post holds.
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
  const names = new Map(people.map((person) => [person.id, nameOf(person)]))
  const blocks = rows.flatMap((row) => {
    const said = saidIn(row)
    if (isOwn(row, userId)) return [...said, ...photosIn(row)]
    return said.length === 0 ? [] : [quoted(said, signatureOf(row, names))]
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

/** Said by this person, also when they pass their own words on. */
function isOwn({ sender_id, forward }: MessageTable, userId: string): boolean {
  const said = originOf(forward)
  return said ? said.userId === userId : sender_id === userId
}

function signatureOf(
  { sender_id, forward }: MessageTable,
  names: ReadonlyMap<string, string>,
): string {
  const said = originOf(forward)
  return said ? said.name : (names.get(sender_id ?? '') ?? '')
}

function originOf(forward: string | null): KeptForward | undefined {
  return forward === null ? undefined : (JSON.parse(forward) as KeptForward)
}

function nameOf({ displayName, username }: Person): string {
  return displayName || username
}

/** Of one's own: whoever reads the post sees them, and nobody sees them by the draft. */
function photosIn({ media }: MessageTable): BlockContent[] {
  const all = media === null ? [] : (JSON.parse(media) as Attachment[])
  return all.flatMap(({ kind, url, alt = '' }): BlockContent[] => {
    return kind === 'photo' ? [{ type: 'paragraph', children: [{ type: 'image', url, alt }] }] : []
  })
}

function quoted(said: BlockContent[], name: string): BlockContent {
  const signed: BlockContent[] = name
    ? [{ type: 'paragraph', children: [{ type: 'text', value: `— ${name}` }] }]
    : []
  return { type: 'blockquote', children: [...said, ...signed] }
}
