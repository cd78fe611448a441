import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { MOST_OF_A_SMALL_CHAT } from '../modules/messaging/chats/large-chats.ts'
import { addGroup, addHistory } from './chat-rows.ts'
import { addResidents, type Resident } from './residents.ts'
import { serveStation, whileServed } from './served.ts'

export const EVERYBODY = 2_000
export const CROWD = 1_000
export const MEMBERS = 200
/** The most that each have a line of their own in their logs. */
export const SMALL = MOST_OF_A_SMALL_CHAT
export const FEW = 10
export const SENDERS = 64
export const HISTORIES = { short: 1_000, long: 1_000_000 } as const

/** A station's people and their chats, before it is started. */
export interface Town {
  readonly dataDir: string
  readonly people: readonly Resident[]
  /** Groups of the first ten, hundred, two hundred and thousand people. */
  readonly few: string
  readonly small: string
  readonly members: string
  readonly crowd: string
  /** The n-th of the first 64 with the n-th after them. */
  readonly pairs: readonly string[]
  /** Of the first ten, with a past. */
  readonly histories: Readonly<Record<keyof typeof HISTORIES, string>>
}

export async function buildTown(dataDir: string): Promise<Town> {
  await whileServed([serveStation(dataDir)], async () => undefined)
  const raw = new DatabaseSync(join(dataDir, 'quark.db'))
  try {
    raw.exec('pragma synchronous=off; pragma cache_size=-65536; begin')
    const people = addResidents(raw, EVERYBODY)
    const few = people.slice(0, FEW)
    const withPast = (count: number): string => {
      const id = addGroup(raw, few)
      addHistory(raw, id, few, count)
      return id
    }
    const town: Town = {
      dataDir,
      people,
      few: addGroup(raw, few),
      small: addGroup(raw, people.slice(0, SMALL)),
      members: addGroup(raw, people.slice(0, MEMBERS)),
      crowd: addGroup(raw, people.slice(0, CROWD)),
      pairs: Array.from({ length: SENDERS }, (_, n) =>
        addGroup(raw, [people[n], people[n + SENDERS]].filter(isThere)),
      ),
      histories: { short: withPast(HISTORIES.short), long: withPast(HISTORIES.long) },
    }
    raw.exec('commit; pragma wal_checkpoint(truncate)')
    return town
  } finally {
    raw.close()
  }
}

function isThere(person: Resident | undefined): person is Resident {
  return person !== undefined
}
