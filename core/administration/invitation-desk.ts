import type { Actor } from '../port/requests.ts'
import type { Audit } from '../audit/index.ts'
import type { StationAuth } from '../auth/index.ts'
import type { Invitation, NewInvitation } from '../auth/links/invitations.ts'
import { refusalsNoted } from './audited.ts'

/** Links by which people register while the station takes new ones by invitation. */
export interface InvitationDesk {
  /** Who may register at this moment: invitations let people in unless it is `closed`. */
  policy(): Promise<'open' | 'invitation' | 'closed'>
  /** Newest first, at most 200; those that ended over 90 days ago are forgotten. */
  list(): Promise<readonly Invitation[]>
  /** @returns the invitation and its link, which cannot be shown again. @throws QL_AUTH_RANK */
  create(
    actor: Actor,
    wanted: NewInvitation,
  ): Promise<{ readonly invitation: Invitation; readonly url: string }>
  /**
   * Nobody registers with it any more; done twice it is done once.
   *
   * @throws QL_AUTH_INVITATION_UNKNOWN, QL_AUTH_RANK.
   */
  revoke(actor: Actor, id: string): Promise<void>
}

export interface InvitationParts {
  readonly auth: StationAuth
  readonly audit: Audit
}

export class InvitationReading implements InvitationDesk {
  readonly #parts: InvitationParts

  constructor(parts: InvitationParts) {
    this.#parts = parts
  }

  async policy(): ReturnType<InvitationDesk['policy']> {
    return this.#parts.auth.registrations.policy
  }

  list(): Promise<readonly Invitation[]> {
    return this.#parts.auth.invitations.list()
  }

  create(actor: Actor, wanted: NewInvitation): ReturnType<InvitationDesk['create']> {
    const attempt = { actor, action: 'invitation.created', subject: 'invitation' }
    return refusalsNoted(this.#parts.audit, attempt, () =>
      this.#parts.auth.invitations.create(actor, wanted),
    )
  }

  revoke(actor: Actor, id: string): Promise<void> {
    const attempt = { actor, action: 'invitation.revoked', subject: `invitation/${id}` }
    return refusalsNoted(this.#parts.audit, attempt, () =>
      this.#parts.auth.invitations.revoke(actor, id),
    )
  }
}
