import { randomBytes } from 'node:crypto'
import type { Database, OpenTransaction } from '../../../db/index.ts'

/** The name of this history: numbers of another one mean other updates. */
export async function readEpoch(database: Database): Promise<string> {
  const [row] = await database.reader.all('select epoch from realtime_epoch where id = 1')
  return String(row?.['epoch'] ?? '')
}

/** After a backup was put back: clients that know later numbers than it holds start afresh. */
export async function renewEpoch({ session }: Pick<OpenTransaction, 'session'>): Promise<string> {
  const epoch = randomBytes(6).toString('base64url')
  await session.run('update realtime_epoch set epoch = ? where id = 1', [epoch])
  return epoch
}
