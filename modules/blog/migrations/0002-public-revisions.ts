import type { MigrationContext } from '#core'
import type { BlogTables } from '../tables.ts'

/** Which revisions readers could see: they are never thinned out. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .alterTable('blog_revisions')
    .addColumn('was_public', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  /* Nothing tells which older ones were out, so all of a post that was out are kept. */
  const tables = db.withTables<Pick<BlogTables, 'blog_posts' | 'blog_revisions'>>()
  const out = tables.selectFrom('blog_posts').select('id').where('published_at', 'is not', null)
  await tables
    .updateTable('blog_revisions')
    .set({ was_public: 1 })
    .where('post_id', 'in', out)
    .execute()
}
