import type { MigrationContext } from '#core'
import { sql } from 'kysely'

/** Posts whose pictures were claimed without naming who says whom they are for; see `guarding.ts`. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('blog_unguarded')
    .addColumn('post_id', 'varchar(36)', (column) =>
      column.primaryKey().references('blog_posts.id').onDelete('cascade'),
    )
    .execute()
  await sql`insert into blog_unguarded (post_id) select distinct post_id from blog_pictures`.execute(
    db,
  )
}
