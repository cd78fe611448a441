import { type RawBuilder, sql } from 'kysely'
import type { MigrationContext } from '#core'

type Schema = MigrationContext['db']['schema']

/** Posts with their addresses, revisions, tags, comments, and what imports need to resume. */
export async function up({ db, dialect }: MigrationContext): Promise<void> {
  const { schema } = db
  await createPosts(schema)
  await createSlugs(schema)
  await createRevisions(schema, dialect === 'sqlite' ? sql`blob` : sql`bytea`)
  await createTags(schema)
  await createComments(schema)
  await createMedia(schema)
}

async function createPosts(schema: Schema): Promise<void> {
  await schema
    .createTable('blog_posts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull())
    .addColumn('slug_by_hand', 'integer', (column) => column.notNull())
    .addColumn('lead', 'text', (column) => column.notNull())
    .addColumn('excerpt', 'text', (column) => column.notNull())
    .addColumn('lang', 'text', (column) => column.notNull())
    .addColumn('cover', 'text')
    .addColumn('image', 'text')
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('words', 'integer', (column) => column.notNull())
    .addColumn('minutes', 'integer', (column) => column.notNull())
    .addColumn('rev', 'integer', (column) => column.notNull())
    .addColumn('pinned', 'integer', (column) => column.notNull())
    .addColumn('password', 'text')
    .addColumn('comment_count', 'integer', (column) => column.notNull())
    .addColumn('publish_at', 'text')
    .addColumn('published_at', 'text')
    .addColumn('listed_at', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('source_key', 'text')
    .addUniqueConstraint('blog_posts_source', ['author_id', 'source_key'])
    .execute()
  const index = (name: string) => schema.createIndex(name).on('blog_posts')
  /* Lists read only what stands in them, so the rest stays out of their indexes. */
  await index('blog_posts_listed')
    .columns(['listed_at', 'id'])
    .where('listed_at', 'is not', null)
    .execute()
  await index('blog_posts_blog')
    .columns(['author_id', 'listed_at', 'id'])
    .where('listed_at', 'is not', null)
    .execute()
  await index('blog_posts_own').columns(['author_id', 'status', 'updated_at', 'id']).execute()
  const isPinned = sql<boolean>`pinned = 1`
  await index('blog_posts_pinned').columns(['listed_at', 'id']).where(isPinned).execute()
  await index('blog_posts_pinned_blog')
    .columns(['author_id', 'listed_at'])
    .where(isPinned)
    .execute()
  await index('blog_posts_due')
    .column('publish_at')
    .where(sql<boolean>`status = 'scheduled'`)
    .execute()
}

async function createSlugs(schema: Schema): Promise<void> {
  await schema
    .createTable('blog_slugs')
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull())
    /* No foreign key: the addresses of a deleted post stay taken. */
    .addColumn('post_id', 'text', (column) => column.notNull())
    .addColumn('claimed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('blog_slugs_key', ['author_id', 'slug'])
    .execute()
  await schema.createIndex('blog_slugs_post').on('blog_slugs').column('post_id').execute()
}

async function createRevisions(schema: Schema, bytes: RawBuilder<unknown>): Promise<void> {
  await schema
    .createTable('blog_revisions')
    .addColumn('post_id', 'text', (column) =>
      column.notNull().references('blog_posts.id').onDelete('cascade'),
    )
    .addColumn('rev', 'integer', (column) => column.notNull())
    .addColumn('doc', 'text', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('blog_revisions_key', ['post_id', 'rev'])
    .execute()
  await schema
    .createTable('blog_readings')
    .addColumn('post_id', 'text', (column) =>
      column.primaryKey().references('blog_posts.id').onDelete('cascade'),
    )
    .addColumn('rev', 'integer', (column) => column.notNull())
    .addColumn('renderer', 'integer', (column) => column.notNull())
    .addColumn('html', bytes, (column) => column.notNull())
    .addColumn('toc', 'text', (column) => column.notNull())
    .execute()
}

async function createTags(schema: Schema): Promise<void> {
  await schema
    .createTable('blog_tags')
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('post_count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('blog_tags_key', ['author_id', 'slug'])
    .addUniqueConstraint('blog_tags_name', ['author_id', 'key'])
    .execute()
  await schema
    .createIndex('blog_tags_used')
    .on('blog_tags')
    .columns(['author_id', 'post_count', 'slug'])
    .execute()
  await schema
    .createTable('blog_post_tags')
    .addColumn('post_id', 'text', (column) =>
      column.notNull().references('blog_posts.id').onDelete('cascade'),
    )
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull())
    .addColumn('listed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('blog_post_tags_key', ['post_id', 'slug'])
    .execute()
  await schema
    .createIndex('blog_post_tags_list')
    .on('blog_post_tags')
    .columns(['author_id', 'slug', 'listed_at', 'post_id'])
    .execute()
  await schema
    .createTable('blog_months')
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('post_count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('blog_months_key', ['author_id', 'month'])
    .execute()
}

async function createComments(schema: Schema): Promise<void> {
  await schema
    .createTable('blog_comments')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('post_id', 'text', (column) =>
      column.notNull().references('blog_posts.id').onDelete('cascade'),
    )
    .addColumn('parent_id', 'text')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text')
    .addColumn('author_name', 'text', (column) => column.notNull())
    .addColumn('author_url', 'text')
    .addColumn('doc', 'text', (column) => column.notNull())
    .addColumn('html', 'text', (column) => column.notNull())
    .addColumn('renderer', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('source_key', 'text')
    .addUniqueConstraint('blog_comments_source', ['post_id', 'source_key'])
    .execute()
  await schema
    .createIndex('blog_comments_thread')
    .on('blog_comments')
    .columns(['post_id', 'status', 'created_at', 'id'])
    .execute()
}

async function createMedia(schema: Schema): Promise<void> {
  await schema
    .createTable('blog_media')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('source_key', 'text', (column) => column.notNull())
    .addColumn('source_url', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('alt', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('media_id', 'text')
    .addColumn('reason', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('blog_media_source', ['author_id', 'source_key'])
    .execute()
}
