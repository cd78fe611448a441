import type { MigrationContext } from '#core'

/** The portrait and the cover of a person's page, by the id of the stored picture. */
export async function up({ db }: MigrationContext): Promise<void> {
  for (const name of ['avatar_id', 'cover_id']) {
    await db.schema.alterTable('user_management_profiles').addColumn(name, 'text').execute()
  }
}
