import type { Actor, Role } from '#core'
import type { PostTable } from './tables.ts'

/** What decides who may read a post. */
type Guarded = Pick<
  PostTable,
  'author_id' | 'status' | 'visibility' | 'password' | 'hidden_why' | 'withheld'
>

/** Who looks; without a role a member like any other. */
export type Reader = Pick<Actor, 'id'> & { readonly role?: Role }

export function isAuthor(actor: Pick<Actor, 'id'> | null, post: Guarded): boolean {
  return actor !== null && actor.id === post.author_id
}

/** Whether somebody reads what is hidden as well, because they decide on it. */
export function isStaff(actor: Pick<Reader, 'role'> | null): boolean {
  return actor?.role !== undefined && actor.role !== 'member'
}

/** Whether moderators, or a block of the author, keep it from others. */
export function isKeptBack(post: Pick<PostTable, 'hidden_why' | 'withheld'>): boolean {
  return post.hidden_why !== null || post.withheld === 1
}

/** Whether anybody but the author and staff can read it, given the address. */
export function isOut(
  post: Pick<PostTable, 'status' | 'visibility' | 'hidden_why' | 'withheld'>,
): boolean {
  return post.status === 'published' && post.visibility !== 'private' && !isKeptBack(post)
}

/** Whether somebody with the address learns that the post is there. */
export function canSee(actor: Reader | null, post: Guarded): boolean {
  if (isAuthor(actor, post) || isOut(post)) return true
  return isStaff(actor) && isOut({ ...post, hidden_why: null, withheld: 0 })
}

/** Whether the text itself may be shown without a password. */
export function canRead(actor: Reader | null, post: Guarded): boolean {
  return canSee(actor, post) && (post.password === null || isAuthor(actor, post))
}

/** Whether the post stands in lists, feeds and the sitemap. */
export function isListed(
  post: Pick<PostTable, 'kind' | 'status' | 'visibility' | 'hidden_why' | 'withheld'>,
): boolean {
  return post.kind === 'post' && post.visibility === 'public' && isOut(post)
}
