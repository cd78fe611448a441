import type { Actor } from '#core'
import type { PostTable } from './tables.ts'

/** What decides who may read a post. */
type Guarded = Pick<PostTable, 'author_id' | 'status' | 'visibility' | 'password'>

export function isAuthor(actor: Pick<Actor, 'id'> | null, post: Guarded): boolean {
  return actor !== null && actor.id === post.author_id
}

/** Whether somebody with the address learns that the post is there. */
export function canSee(actor: Pick<Actor, 'id'> | null, post: Guarded): boolean {
  return isAuthor(actor, post) || (post.status === 'published' && post.visibility !== 'private')
}

/** Whether the text itself may be shown without a password. */
export function canRead(actor: Pick<Actor, 'id'> | null, post: Guarded): boolean {
  return canSee(actor, post) && (post.password === null || isAuthor(actor, post))
}

/** Whether the post stands in lists, feeds and the sitemap. */
export function isListed(post: Pick<PostTable, 'kind' | 'status' | 'visibility'>): boolean {
  return post.kind === 'post' && post.status === 'published' && post.visibility === 'public'
}
