/** A fact an operator wants to know of. */
export interface SecurityEvent {
  readonly type:
    | 'session.opened'
    | 'session.refresh_reuse'
    | 'session.all-ended'
    | 'login.refused'
    | 'login.limited'
    | 'second-factor.refused'
    | 'second-factor.confirmed'
    | 'second-factor.removed'
    | 'second-factor.recovery-renewed'
    | 'user.role-changed'
    | 'user.blocked'
    | 'user.unblocked'
    | 'user.sessions-ended'
    | 'password.changed'
    | 'password.reset'
    | 'reset.sent'
    | 'email.changed'
    | 'invitation.created'
    | 'invitation.revoked'
  /** Default `done`. */
  readonly outcome?: 'done' | 'refused'
  /** Who did it, where it was not the person themselves. */
  readonly actorId?: string
  /** What it was before, where something has changed. */
  readonly before?: Readonly<Record<string, string>>
  /** What it is now, or is worth knowing besides. */
  readonly details?: Readonly<Record<string, string>>
  readonly userId?: string
  readonly sessionId?: string
  readonly ip?: string
}
