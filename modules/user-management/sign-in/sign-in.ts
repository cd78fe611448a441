import type { Client, Identity, StartedSession } from '#core'
import { findProfile } from '../profile/profile.ts'
import { meOf } from '../visibility/sight.ts'
import type { Registry } from '../registration/registration.ts'
import type { Me } from '../schema.ts'

/**
 * Begins a session for a name and a password, together with `user.signed-in`.
 *
 * @throws what `Auth.verifyLogin` throws.
 */
export async function signIn(
  registry: Registry,
  input: { readonly login: string; readonly password: string; readonly code?: string },
  client: Client,
): Promise<SignedIn> {
  return begin(registry, await registry.auth.verifyLogin(input, client), client)
}

export interface SignedIn {
  readonly me: Me
  readonly session: StartedSession
}

/** Begins a session of somebody who has proved who they are, together with `user.signed-in`. */
export async function begin(
  { auth, db }: Registry,
  identity: Identity,
  client: Client,
  options: { readonly trustDevice?: boolean } = {},
): Promise<SignedIn> {
  const opened = await db.transaction(async (tx) => {
    const session = await auth.openSession(tx, identity, client, options)
    const { id, username, sessionId } = session.actor
    const subject = { subject: `user/${id}`, actor: id }
    await tx.publish('user.signed-in', { id, username, sessionId }, subject)
    return session
  })
  const session = await auth.startSession(opened)
  return { me: await findMe({ auth, db }, identity.id), session }
}

/** A person as they see themselves. */
export async function findMe(
  { auth, db }: Pick<Registry, 'auth' | 'db'>,
  userId: string,
): Promise<Me> {
  const [profile, account] = await Promise.all([
    findProfile(db.reader, { id: userId }),
    auth.identityOf(userId),
  ])
  if (!profile || !account) throw new Error(`The account ${userId} has no profile`)
  return meOf(profile, account)
}
