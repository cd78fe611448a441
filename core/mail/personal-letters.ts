import type { Database } from '../../db/index.ts'
import type { PersonalDataOwner } from '../privacy/index.ts'

const TO = `recipient = (select email from identities where id = ? and status <> 'deleted')`

/** Letters that wait, or that nobody carries. A letter that was sent is not kept. */
export function personalLetters(database: Database): PersonalDataOwner {
  return {
    export: async ({ userId }) => {
      const rows = await database.reader.all(
        `select kind, subject, text, created_at from letters where ${TO} order by id`,
        [userId],
      )
      const json = rows.map((row) => ({
        kind: String(row['kind']),
        subject: String(row['subject']),
        text: String(row['text']),
        createdAt: String(row['created_at']),
      }))
      return { files: rows.length === 0 ? [] : [{ path: 'letters.json', json }] }
    },
    erase: async ({ userId }) =>
      database.transaction(async ({ session }) => {
        const { changes } = await session.run(`delete from letters where ${TO}`, [userId])
        return { erased: { letters: changes } }
      }),
  }
}
