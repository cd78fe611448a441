import type { Actor, ModerationAct, Reported, Role } from '#core'
import { errors } from './errors.ts'
import type { Deed } from './tables.ts'

const RANKS: readonly Role[] = ['member', 'moderator', 'admin', 'owner']

/** Whose it is; nobody where no account is known. */
export interface Author {
  readonly id: string
  /** undefined for who is gone. */
  readonly role: Role | undefined
}

/**
 * Owners act on everything; others neither on their own nor on what belongs to somebody of their
 * rank or above.
 */
export function mayTouch(actor: Actor, author: Author | undefined): boolean {
  if (actor.role === 'owner' || !author) return true
  if (author.id === actor.id) return false
  return RANKS.indexOf(author.role ?? 'member') < RANKS.indexOf(actor.role)
}

/** What this moderator may do about it, in the order of the buttons. */
export function deedsFor(
  actor: Actor,
  author: Author | undefined,
  content: Pick<Reported, 'acts' | 'state'> | null,
): readonly Deed[] {
  if (author?.id === actor.id && actor.role !== 'owner') return []
  const acts: readonly ModerationAct[] = content && content.state !== 'gone' ? content.acts : []
  if (acts.length === 0) return ['keep', 'acted']
  if (!mayTouch(actor, author)) return ['keep']
  const both = ['hide', 'delete'] as const
  return ['keep', ...both.filter((act) => acts.includes(act))]
}

/** @throws QL_MODERATION_OWN, QL_MODERATION_RANK, QL_MODERATION_DEED. */
export function requireMay(
  actor: Actor,
  author: Author | undefined,
  content: Pick<Reported, 'acts' | 'state'> | null,
  deed: Deed,
): void {
  const may = deedsFor(actor, author, content)
  if (may.length === 0) throw errors.QL_MODERATION_OWN()
  if (may.includes(deed)) return
  throw mayTouch(actor, author) ? errors.QL_MODERATION_DEED() : errors.QL_MODERATION_RANK()
}
