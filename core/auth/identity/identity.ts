import type { Role } from '../../port/requests.ts'

/** An account as others may see it. */
export interface Identity {
  readonly id: string
  readonly username: string
  readonly role: Role
  readonly status: 'active' | 'blocked' | 'deleted'
  /** ISO 8601, UTC */
  readonly createdAt: string
}

/** An account as its own person sees it. */
export interface OwnIdentity extends Identity {
  readonly email: string
}

export interface NewIdentity {
  readonly username: string
  readonly email: string
  readonly password: string
  /** Default `member`. The caller has made sure that the person may have it. */
  readonly role?: Role
}

/** An account ready to be inserted; holds the hash, never the password. */
export interface PreparedIdentity {
  readonly id: string
  readonly username: string
  readonly email: string
  readonly role: Role
  readonly passwordHash: string
  readonly passwordScheme: string
  readonly pepperKid: string
}
