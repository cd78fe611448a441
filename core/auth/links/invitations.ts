import { sql } from 'kysely'
import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Actor } from '../../port/requests.ts'
import { newId } from '../../ids.ts'
import { authErrors } from '../errors.ts'
import type { SecurityEvent } from '../security-event.ts'
import { hashOfToken, newToken } from './one-time-token.ts'
import type { AuthTables } from '../tables.ts'

/** A link by which people register while the station takes new ones by invitation. */
export interface Invitation {
  readonly id: string
  /** Whom it is for, as its maker has written; only staff see it. */
  readonly note: string
  readonly madeBy: { readonly id: string; readonly username: string }
  readonly maxUses: number
  /** How many accounts were made with it. */
  readonly uses: number
  /** ISO 8601, UTC */
  readonly createdAt: string
  readonly expiresAt: string
  readonly state: 'open' | 'used-up' | 'expired' | 'revoked'
}

export interface NewInvitation {
  /** At most 200 characters. Default none. */
  readonly note?: string | undefined
  /** From 1 to 1000. Default 1. */
  readonly maxUses?: number | undefined
  /** From 1 to 365. Default 7. */
  readonly days?: number | undefined
}

/** What staff do with invitations: admins and owners may, by the role they have at that moment. */
export interface Invitations {
  /** Newest first, at most 200; those that ended over 90 days ago are forgotten. */
  list(): Promise<readonly Invitation[]>
  /**
   * @returns the invitation and its link, which cannot be shown again.
   * @throws QL_AUTH_RANK
   */
  create(
    actor: Actor,
    wanted: NewInvitation,
  ): Promise<{ readonly invitation: Invitation; readonly url: string }>
  /** Nobody registers with it any more. @throws QL_AUTH_INVITATION_UNKNOWN, QL_AUTH_RANK. */
  revoke(actor: Actor, id: string): Promise<void>
  /** Who invites; null for one that does nothing any more. */
  find(token: string): Promise<{ readonly id: string; readonly madeBy: string } | null>
}

export interface InvitationsParts {
  readonly database: Database
  readonly clock: Clock
  readonly urlOf: (path: string) => string
  readonly report: (event: SecurityEvent, tx?: OpenTransaction) => Promise<void>
}

const DAY_MS = 86_400_000
const MAX_SHOWN = 200
const MAX_NOTE = 200
const KEPT_DAYS = 90

const LIST = `select v.id, v.note, v.made_by, i.username, v.max_uses, v.uses, v.created_at,
  v.expires_at, v.revoked_at from invitations v join identities i on i.id = v.made_by`

/** An invitation is worth as much as its maker still may. */
const OPEN = `uses < max_uses and revoked_at is null and expires_at > ?
  and exists (select 1 from identities i where i.id = invitations.made_by
    and i.status = 'active' and i.role in ('admin', 'owner'))`

export class InvitationRows implements Invitations {
  readonly #parts: InvitationsParts
  readonly #tables: Scope<AuthTables>

  constructor(parts: InvitationsParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  async list(): Promise<readonly Invitation[]> {
    const { database } = this.#parts
    const rows = await database.reader.all(`${LIST} order by v.id desc limit ?`, [MAX_SHOWN])
    return rows.map((row) => this.#shown(row))
  }

  async create(actor: Actor, wanted: NewInvitation): ReturnType<Invitations['create']> {
    const { note = '', maxUses = 1, days = 7 } = wanted
    const { token, hash } = newToken()
    const now = this.#parts.clock.now()
    const row = {
      id: newId(),
      token_hash: hash,
      made_by: actor.id,
      note: Array.from(note.trim()).slice(0, MAX_NOTE).join(''),
      max_uses: maxUses,
      uses: 0,
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + days * DAY_MS).toISOString(),
      revoked_at: null,
    }
    await this.#parts.database.transaction(async (tx) => {
      await this.#requireStaff(tx, actor)
      await this.#tables.within(tx).db.insertInto('invitations').values(row).execute()
      await this.#report(tx, 'invitation.created', actor, row.id)
    })
    const invitation = this.#shown({ ...row, username: actor.username })
    return { invitation, url: this.#parts.urlOf(`/auth/invitation/${token}`) }
  }

  async revoke(actor: Actor, id: string): Promise<void> {
    await this.#parts.database.transaction(async (tx) => {
      await this.#requireStaff(tx, actor)
      const revoked = await this.#tables
        .within(tx)
        .db.updateTable('invitations')
        .set({ revoked_at: sql<string>`coalesce(revoked_at, ${this.#now()})` })
        .where('id', '=', id)
        .returning('id')
        .execute()
      if (revoked.length === 0) throw authErrors.QL_AUTH_INVITATION_UNKNOWN()
      await this.#report(tx, 'invitation.revoked', actor, id)
    })
  }

  async find(token: string): ReturnType<Invitations['find']> {
    const [row] = await this.#parts.database.reader.all(
      `select v.id, i.username from (select * from invitations where token_hash = ? and ${OPEN}) v
        join identities i on i.id = v.made_by`,
      [hashOfToken(token), this.#now()],
    )
    return row ? { id: String(row['id']), madeBy: String(row['username']) } : null
  }

  /** Counts one account made with it, in the transaction that makes the account. */
  async use(tx: OpenTransaction, id: string): Promise<void> {
    const { changes } = await tx.session.run(
      `update invitations set uses = uses + 1 where id = ? and ${OPEN}`,
      [id, this.#now()],
    )
    if (changes === 0) throw authErrors.QL_AUTH_INVITATION_DEAD()
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.#parts.clock.now().getTime() - KEPT_DAYS * DAY_MS)
    await this.#parts.database.transaction((tx) =>
      this.#tables
        .within(tx)
        .db.deleteFrom('invitations')
        .where('expires_at', '<', before.toISOString())
        .execute(),
    )
  }

  async #requireStaff(tx: OpenTransaction, actor: Actor): Promise<void> {
    const found = await this.#tables
      .within(tx)
      .db.selectFrom('identities')
      .select('id')
      .where('id', '=', actor.id)
      .where('role', 'in', ['admin', 'owner'])
      .where('status', '=', 'active')
      .executeTakeFirst()
    if (!found) throw authErrors.QL_AUTH_RANK()
  }

  #report(
    tx: OpenTransaction,
    type: 'invitation.created' | 'invitation.revoked',
    actor: Actor,
    invitation: string,
  ): Promise<void> {
    return this.#parts.report({ type, actorId: actor.id, details: { invitation } }, tx)
  }

  #shown(row: Readonly<Record<string, unknown>>): Invitation {
    const uses = Number(row['uses'])
    const maxUses = Number(row['max_uses'])
    const expiresAt = String(row['expires_at'])
    return {
      id: String(row['id']),
      note: String(row['note']),
      madeBy: { id: String(row['made_by']), username: String(row['username']) },
      maxUses,
      uses,
      createdAt: String(row['created_at']),
      expiresAt,
      state: stateOf({
        isRevoked: row['revoked_at'] !== null,
        isUsedUp: uses >= maxUses,
        isExpired: expiresAt <= this.#now(),
      }),
    }
  }

  #now(): string {
    return this.#parts.clock.now().toISOString()
  }
}

function stateOf(facts: {
  readonly isRevoked: boolean
  readonly isUsedUp: boolean
  readonly isExpired: boolean
}): Invitation['state'] {
  if (facts.isRevoked) return 'revoked'
  if (facts.isUsedUp) return 'used-up'
  return facts.isExpired ? 'expired' : 'open'
}
