import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { StationProcess } from '../../test/support/station-process.ts'

/** Whoever has signed in last did so long ago: dangerous pages ask them to prove it again. */
export function ageLastProof({ dataDir }: Pick<StationProcess, 'dataDir'>): void {
  using database = new DatabaseSync(join(dataDir, 'quark.db'))
  database.exec('pragma busy_timeout = 5000')
  database.exec(`update sessions set verified_at = '2000-01-01T00:00:00.000Z'
    where id = (select id from sessions order by created_at desc, id desc limit 1)`)
}
