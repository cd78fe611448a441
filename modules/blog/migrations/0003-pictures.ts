import type { MigrationContext } from '#core'

/** Which pictures of its author each post shows now: whoever may see the post may see them. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('blog_pictures')
    .addColumn('media_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('post_id', 'varchar(36)', (column) =>
      column.notNull().references('blog_posts.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('blog_pictures_pk', ['media_id', 'post_id'])
    .execute()
  await db.schema.createIndex('blog_pictures_post').on('blog_pictures').column('post_id').execute()
}
