import { sql, type Kysely } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

/**
 * Pictures with their renditions, who may see them, who uses them, and how much each person keeps.
 * What was stored before stays: its one file becomes the full rendition, and nothing sweeps it.
 */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema.alterTable('media').renameTo('media_before').execute()
  await createMedia(db)
  await db.schema
    .createTable('media_variants')
    .addColumn('media_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('media_variants_key', ['media_id', 'name'])
    .execute()
  await db.schema.createIndex('media_variants_file').on('media_variants').column('file').execute()
  await db.schema
    .createTable('media_uses')
    .addColumn('media_id', 'text', (column) => column.notNull())
    .addColumn('used_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('media_uses_key', ['media_id', 'used_by'])
    .execute()
  await db.schema.createIndex('media_uses_user').on('media_uses').column('used_by').execute()
  await db.schema
    .createTable('media_usage')
    .addColumn('owner_id', 'text', (column) => column.primaryKey())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('files', 'integer', (column) => column.notNull())
    .execute()
  await takeOver(db)
}

async function createMedia(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('media')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('guard', 'text')
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addColumn('alt', 'text', (column) => column.notNull())
    .addColumn('thumbhash', 'text')
    .addColumn('animated', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('unused_since', 'text')
    .addUniqueConstraint('media_owner_fingerprint', ['owner_id', 'fingerprint'])
    .execute()
  await db.schema
    .createIndex('media_unused')
    .on('media')
    .column('unused_since')
    .where('unused_since', 'is not', null)
    .execute()
}

async function takeOver(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`insert into media (id, owner_id, fingerprint, purpose, visibility, guard, width, height,
          bytes, alt, thumbhash, animated, created_at, unused_since)
        select id, owner_id, sha256, 'picture', 'public', null, width, height,
          bytes, alt, null, 0, created_at, null from media_before`,
    sql`insert into media_variants (media_id, name, file, type, width, height, bytes)
        select id, 'full', substr(sha256, 1, 2) || '/' || sha256, type, width, height, bytes
        from media_before`,
    sql`insert into media_usage (owner_id, bytes, files)
        select owner_id, sum(bytes), count(*) from media_before group by owner_id`,
  ]
  for (const statement of statements) await statement.execute(db)
  await db.schema.dropTable('media_before').execute()
}
