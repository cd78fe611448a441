import type { Client, StartedSession } from '#core'
import { findProfile, meOf } from './profile.ts'
import type { Registry } from './registration.ts'
import type { Me } from './schema.ts'

/**
 * Begins a session for a name and a password, together with `user.signed-in`.
 *
 * @throws QL_AUTH_WRONG_CREDENTIALS, QL_AUTH_BLOCKED, QL_AUTH_TOO_MANY_ATTEMPTS, QL_BUSY.
 */
export async function signIn(
  { auth, db }: Registry,
  input: { readonly login: string; readonly password: string },
  client: Client,
): Promise<{ me: Me; session: StartedSession }> {
  const identity = await auth.verifyLogin(input, client)
  const opened = await db.transaction(async (tx) => {
    const session = await auth.openSession(tx, identity, client)
    const { id, username, sessionId } = session.actor
    const options = { subject: `user/${id}`, actor: id }
    await tx.publish('user.signed-in', { id, username, sessionId }, options)
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
