import type { Locale, Role } from '../port/requests.ts'
import type { Identity } from './identity/identity.ts'

export interface IdentityTable {
  readonly id: string
  readonly username: string
  /** What the user name looks like; null for a tombstone, and for who came before its like. */
  readonly look: string | null
  /** Lower case, the domain in its ASCII form. */
  readonly email: string
  readonly password_hash: string
  readonly password_scheme: string
  readonly pepper_kid: string
  readonly role: Role
  readonly status: Identity['status']
  /** 1: blocked, and what they have published is shown to staff alone. */
  readonly withheld: 0 | 1
  readonly epoch: number
  readonly created_at: string
}

export interface SessionTable {
  readonly id: string
  readonly user_id: string
  readonly epoch: number
  readonly generation: number
  readonly created_at: string
  readonly rotated_at: string
  readonly expires_at: string
  readonly ended_at: string | null
  readonly end_reason: EndReason | null
  readonly ip: string
  readonly user_agent: string
  /** When the person last gave their password, or what stands for it, in this session. */
  readonly verified_at: string
}

export type EndReason =
  | 'signed-out'
  | 'refresh-reuse'
  | 'ended-elsewhere'
  | 'ended-by-staff'
  | 'password-changed'

/** One row, `station`: who set the station up. */
export interface FoundingTable {
  readonly id: string
  readonly user_id: string
  readonly founded_at: string
}

export interface SecondFactorTable {
  readonly user_id: string
  /** AES-256-GCM, bound to the person. */
  readonly sealed_secret: string
  /** Never null as written today: a secret is kept once its first code has come. */
  readonly confirmed_at: string | null
  /** Of the last code that was taken; an earlier one or the same is refused. */
  readonly last_step: number
  readonly created_at: string
}

export interface AccountLinkTable {
  readonly token_hash: string
  readonly purpose: LinkPurpose
  readonly user_id: string
  /** Another password or role since then makes the link worthless. */
  readonly epoch: number
  /** The address it confirms. */
  readonly email: string | null
  readonly created_at: string
  readonly expires_at: string
  readonly used_at: string | null
}

export type LinkPurpose = 'reset' | 'email'

export interface RegistrationTable {
  readonly id: string
  readonly username: string
  readonly email: string
  readonly password_hash: string
  readonly password_scheme: string
  readonly pepper_kid: string
  readonly token_hash: string
  readonly invitation_id: string | null
  /** JSON of the module that has asked. */
  readonly data: string
  readonly locale: Locale
  readonly created_at: string
  readonly expires_at: string
}

export interface InvitationTable {
  readonly id: string
  readonly token_hash: string
  readonly made_by: string
  readonly note: string
  readonly max_uses: number
  readonly uses: number
  readonly created_at: string
  readonly expires_at: string
  readonly revoked_at: string | null
}

export interface RecoveryCodeTable {
  readonly code_hash: string
  readonly user_id: string
  readonly used_at: string | null
}

/** Browsers a person has signed in from, and those trusted without a code: see `Devices`. */
export interface KnownDeviceTable {
  readonly user_id: string
  readonly device_hash: string
  readonly seen_at: string
}

export interface AuthTables {
  account_links: AccountLinkTable
  registrations: RegistrationTable
  invitations: InvitationTable
  identities: IdentityTable
  founding: FoundingTable
  second_factors: SecondFactorTable
  recovery_codes: RecoveryCodeTable
  known_devices: KnownDeviceTable
  sessions: SessionTable
}
