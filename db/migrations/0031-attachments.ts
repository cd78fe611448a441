import type { MigrationContext } from '../migrator.ts'

/** Beside pictures: films, voices and files as they came, under the names their senders gave. */
export async function up({ db }: MigrationContext): Promise<void> {
  const media = (): ReturnType<typeof db.schema.alterTable> => db.schema.alterTable('media')
  await media()
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('picture'))
    .execute()
  await media().addColumn('name', 'text').execute()
  await media().addColumn('duration_ms', 'integer').execute()
  await media().addColumn('waveform', 'text').execute()
}
