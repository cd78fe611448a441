import assert from 'node:assert/strict'

/** A group and one of its people, as they are kept. */
interface Kept {
  readonly chat_id: string
  readonly user_id: string
  readonly state: string
  readonly seq: number
  readonly history_hidden: number
  readonly joined_seq: number
  readonly cleared_seq: number
}

type Read = (sql: string) => Promise<readonly object[]>

const KEPT = `select m.chat_id, m.user_id, m.state, c.seq, c.history_hidden, m.joined_seq,
    m.cleared_seq
  from messaging_members m
  join messaging_chats c on c.id = m.chat_id and c.type = 'group' and c.deleted_ms is null`

/**
 * What people of a group may see, worked out from what was there before each deed: whoever comes in
 * sees nothing from before while the group hides it, and else all but what they have cleared.
 */
export class Comings {
  #before = new Map<string, Kept>()
  readonly #cleared = new Map<string, number>()

  /** To be called after every deed. */
  async look(read: Read): Promise<void> {
    const rows = (await read(KEPT)) as readonly Kept[]
    const chats = new Map([...this.#before.values()].map((row) => [row.chat_id, row]))
    for (const row of rows) this.#compare(row, chats.get(row.chat_id))
    this.#before = new Map(rows.map((row) => [keyOf(row), row]))
  }

  /** @param chat as it was before the deed; absent where it is new. */
  #compare(row: Kept, chat: Kept | undefined): void {
    const key = keyOf(row)
    const before = this.#before.get(key)
    const own = this.#cleared.get(key) ?? 0
    if (row.state !== 'in') return
    if (before?.state === 'in' && before.joined_seq === row.joined_seq) {
      if (row.cleared_seq !== before.cleared_seq) this.#cleared.set(key, row.cleared_seq)
      return
    }
    const expected = chat?.history_hidden === 1 ? chat.seq : own
    assert.equal(row.cleared_seq, expected, `up to where ${key} sees nothing`)
  }
}

function keyOf({ chat_id, user_id }: Kept): string {
  return `${chat_id} ${user_id}`
}
