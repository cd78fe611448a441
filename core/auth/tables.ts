import type { Role } from '../app.ts'
import type { Identity } from './index.ts'

export interface IdentityTable {
  readonly id: string
  readonly username: string
  /** Lower case, the domain in its ASCII form. */
  readonly email: string
  readonly password_hash: string
  readonly password_scheme: string
  readonly pepper_kid: string
  readonly role: Role
  readonly status: Identity['status']
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
  readonly end_reason: 'signed-out' | 'refresh-reuse' | null
  readonly ip: string
  readonly user_agent: string
}

export interface AuthTables {
  identities: IdentityTable
  sessions: SessionTable
}
