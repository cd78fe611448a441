import type { App, ErasedSubject, ExportedData } from '#core'
import type { Circle } from './circle.ts'

/** What a person has decided about others is theirs; what others decided about them is not. */
export function bindPersonalData(app: App, circle: Circle): void {
  app.onUserExport(({ userId }) => exportDecisions(circle, userId))
  app.onUserErase(async (person) => ({ erased: { relations: await eraseEdges(circle, person) } }))
}

async function exportDecisions({ db }: Circle, userId: string): Promise<ExportedData> {
  const rows = await db.reader
    .selectFrom('relations_edges')
    .select(['kind', 'target_id', 'created_at'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
  return { files: [{ path: 'relations.json', json: rows.map((row) => ({ ...row })) }] }
}

/** Both ends: nobody follows or blocks somebody who is no more. */
async function eraseEdges({ db }: Circle, { userId }: ErasedSubject): Promise<number> {
  return db.transaction(async (tx) => {
    const { numDeletedRows } = await tx.db
      .deleteFrom('relations_edges')
      .where((or) => or.or([or('user_id', '=', userId), or('target_id', '=', userId)]))
      .executeTakeFirst()
    return Number(numDeletedRows)
  })
}
