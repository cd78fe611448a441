import type { Finder } from './finder.ts'

/** The words say nothing that their sources do not export, and go with the person. */
export function bindPersonalData({ app, db }: Finder): void {
  app.onUserExport(async () => ({ files: [] }))
  app.onUserErase(async ({ userId, content }) => {
    const { numDeletedRows } = await db.transaction((tx) =>
      tx.db
        .deleteFrom('search_words')
        .where('owner', '=', userId)
        .$if(content === 'anonymise', (query) => query.where('kind', '=', 'users'))
        .executeTakeFirst(),
    )
    return { erased: { words: Number(numDeletedRows) } }
  })
}
