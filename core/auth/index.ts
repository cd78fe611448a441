export type { Auth, StationAuth } from './auth.ts'
export type { Identity, NewIdentity } from './identity/identity.ts'
export type { SecurityEvent } from './security-event.ts'
export type { Authentication, Client, StartedSession } from './session/session.ts'
