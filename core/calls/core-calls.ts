import type { Identity } from '../auth/index.ts'
import { Type } from '../type.ts'
import type { Calls } from './calls.ts'

const IdentitySchema = Type.Object(
  {
    id: Type.String(),
    username: Type.String(),
    role: Type.String(),
    status: Type.String(),
    createdAt: Type.String(),
  },
  { additionalProperties: false },
)

declare global {
  interface QuarkCalls {
    /** The active account of a user name; null when there is none. */
    'auth.identity': { input: { username: string }; output: Identity | null }
    /** Accounts by id, in no order; unknown ids are absent. */
    'auth.identities': { input: { ids: string[] }; output: Identity[] }
    /** Ids of the active moderators, admins and owners, at most 200. For modules of the level core. */
    'auth.staff': { input: Record<string, never>; output: string[] }
  }
}

/** What the core must look up for these calls. */
export interface IdentityDirectory {
  identityByUsername(username: string): Promise<Identity | null>
  identitiesByIds(ids: readonly string[]): Promise<readonly Identity[]>
  staffIds(): Promise<readonly string[]>
}

/** Answers the core gives whatever modules are docked. */
export function provideCoreCalls(calls: Calls, directory: IdentityDirectory): void {
  calls.provide('auth.identity', {
    owner: 'core',
    input: Type.Object(
      { username: Type.String({ maxLength: 64 }) },
      { additionalProperties: false },
    ),
    output: Type.Union([IdentitySchema, Type.Null()]),
    answer: (input) => directory.identityByUsername((input as { username: string }).username),
  })
  calls.provide('auth.identities', {
    owner: 'core',
    input: Type.Object(
      { ids: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 200 }) },
      { additionalProperties: false },
    ),
    output: Type.Array(IdentitySchema),
    answer: (input) => directory.identitiesByIds((input as { ids: string[] }).ids),
  })
  calls.provide('auth.staff', {
    owner: 'core',
    audience: 'core',
    input: Type.Object({}, { additionalProperties: false }),
    output: Type.Array(Type.String()),
    answer: () => directory.staffIds(),
  })
}
