import type { MigrationContext } from '#core'

/** What moderators keep from others, and why; and what a block of its author hides. */
export async function up({ db }: MigrationContext): Promise<void> {
  for (const table of ['blog_posts', 'blog_comments']) {
    await db.schema.alterTable(table).addColumn('hidden_why', 'text').execute()
    await db.schema
      .alterTable(table)
      .addColumn('withheld', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
  }
}
