import type { DatabaseSync } from 'node:sqlite'
import { systemClock } from '../core/clock.ts'
import { readSecrets } from '../core/auth/keys/secrets.ts'
import type { IdentityTable, SessionTable } from '../core/auth/tables.ts'
import { AccessTokens } from '../core/auth/session/tokens.ts'
import { newId } from '../core/ids.ts'
import type { ProfileTable } from '../modules/user-management/tables.ts'
import { insert } from './rows.ts'
import { sentence } from './texts.ts'

/** Somebody with a session. */
export interface Resident {
  readonly id: string
  readonly username: string
  readonly sessionId: string
}

const DAY_MS = 24 * 3_600_000

/** People of a stopped station, each signed in once: registering thousands would take minutes. */
export function addResidents(raw: DatabaseSync, count: number): Resident[] {
  const now = systemClock.now()
  return Array.from({ length: count }, (_, number) => {
    const username = `resident-${number}`
    const id = addPerson(raw, username, now.toISOString())
    return { id, username, sessionId: addSession(raw, id, now) }
  })
}

/** Access tokens as the station signs them, good for ten minutes. */
export async function tokensFor(dataDir: string, people: readonly Resident[]): Promise<string[]> {
  const secrets = readSecrets(dataDir)
  if (!secrets) throw new Error('The station has no secrets yet')
  const tokens = new AccessTokens(secrets, systemClock)
  const signed = people.map((person) => tokens.sign({ ...person, role: 'member' }))
  return (await Promise.all(signed)).map(({ accessToken }) => accessToken)
}

/** An account that nobody can sign in to, and its profile. @returns its id. */
export function addPerson(raw: DatabaseSync, username: string, createdAt: string): string {
  const id = newId()
  insert<IdentityTable>(raw, 'identities', {
    id,
    username,
    look: null,
    email: `${username}@example.org`,
    password_hash: '',
    password_scheme: 'none',
    pepper_kid: '',
    role: 'member',
    status: 'active',
    withheld: 0,
    epoch: 0,
    created_at: createdAt,
  })
  insert<ProfileTable>(raw, 'user_management_profiles', {
    user_id: id,
    username,
    display_name: `Анна ${username.replace(/^\D+/, '')}`,
    bio: sentence(username.length, 8),
    place: '',
    links: '[]',
    page_for: 'everyone',
    readers_for: 'everyone',
    locale: 'ru',
    theme: 'system',
    flavour: 'up',
    text_size: 'usual',
    motion: 'system',
    time_zone: 'Europe/Moscow',
    hidden_why: null,
    withheld: 0,
    avatar_id: null,
    cover_id: null,
    consent_version: null,
    consent_at: null,
    created_at: createdAt,
    updated_at: createdAt,
  })
  return id
}

function addSession(raw: DatabaseSync, userId: string, now: Date): string {
  const id = newId()
  const startedAt = now.toISOString()
  insert<SessionTable>(raw, 'sessions', {
    id,
    user_id: userId,
    epoch: 0,
    generation: 0,
    created_at: startedAt,
    rotated_at: startedAt,
    expires_at: new Date(now.getTime() + DAY_MS).toISOString(),
    ended_at: null,
    end_reason: null,
    ip: '127.0.0.1',
    user_agent: 'bench',
    verified_at: startedAt,
  })
  return id
}
