import type { Database, Scope, Session } from '../../../db/index.ts'
import type { ExportedData, PersonalDataOwner } from '../../privacy/index.ts'
import type { AuthTables } from '../tables.ts'

/**
 * The account and its sessions. The account's row stays as a tombstone: it keeps the id, so that
 * what others have said of it points somewhere, and nothing that tells who it was.
 */
export function personalIdentity(database: Database): PersonalDataOwner {
  const tables = database.scope<AuthTables>('')
  return {
    export: ({ userId }) => exportIdentity(tables, userId),
    erase: async ({ userId, tombstone }) =>
      database.transaction(async (tx) => {
        const { db } = tables.within(tx)
        const proofs = await eraseProofs(tx.session, userId)
        const sessions = await db
          .deleteFrom('sessions')
          .where('user_id', '=', userId)
          .executeTakeFirst()
        const accounts = await db
          .updateTable('identities')
          .set((set) => ({
            username: tombstone,
            look: null,
            email: `${tombstone}@deleted.invalid`,
            password_hash: '',
            password_scheme: 'erased',
            pepper_kid: '',
            role: 'member',
            status: 'deleted',
            epoch: set('epoch', '+', 1),
          }))
          .where('id', '=', userId)
          .executeTakeFirst()
        return {
          erased: {
            sessions: Number(sessions.numDeletedRows),
            accounts: Number(accounts.numUpdatedRows),
            'second factors, links, devices, invitations': proofs,
          },
        }
      }),
  }
}

/** The account, where it is or was signed in, and whom it has invited. */
async function exportIdentity(tables: Scope<AuthTables>, userId: string): Promise<ExportedData> {
  const account = await tables.reader
    .selectFrom('identities')
    .select(['id', 'username', 'email', 'role', 'status', 'created_at'])
    .where('id', '=', userId)
    .executeTakeFirst()
  const sessions = await tables.reader
    .selectFrom('sessions')
    .select(['id', 'created_at', 'rotated_at', 'expires_at', 'ended_at', 'end_reason'])
    .select(['ip', 'user_agent'])
    .where('user_id', '=', userId)
    .execute()
  const invitations = await tables.reader
    .selectFrom('invitations')
    .select(['note', 'max_uses', 'uses', 'created_at', 'expires_at', 'revoked_at'])
    .where('made_by', '=', userId)
    .execute()
  return {
    files: [
      { path: 'account.json', json: account ?? null },
      { path: 'sessions.json', json: sessions },
      ...(invitations.length === 0 ? [] : [{ path: 'invitations.json', json: invitations }]),
    ],
  }
}

/** All by which the account could be entered, and what it has begun for others. */
async function eraseProofs(session: Session, userId: string): Promise<number> {
  const email = 'select email from identities where id = ?'
  let erased = 0
  for (const statement of [
    'delete from second_factors where user_id = ?',
    'delete from recovery_codes where user_id = ?',
    'delete from account_links where user_id = ?',
    'delete from known_devices where user_id = ?',
    'delete from invitations where made_by = ?',
    `delete from registrations where email = (${email})`,
  ]) {
    erased += (await session.run(statement, [userId])).changes
  }
  return erased
}
