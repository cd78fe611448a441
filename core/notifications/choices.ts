import type { Database, OpenTransaction, Scope } from '../../db/index.ts'
import type { ChannelChoice } from './index.ts'
import type { Kind, Kinds } from './kinds.ts'
import type { NotificationTables } from './tables.ts'

/** Where each person wants to hear of each kind. Only what differs from the defaults is a row. */
export class Choices {
  readonly #database: Database
  readonly #scope: Scope<NotificationTables>
  readonly #kinds: Kinds
  #changes = 0

  constructor(database: Database, kinds: Kinds) {
    this.#database = database
    this.#scope = database.scope('')
    this.#kinds = kinds
  }

  /** Grows whenever somebody has chosen here. */
  get changes(): number {
    return this.#changes
  }

  async of(userId: string): Promise<ReadonlyMap<string, ChannelChoice>> {
    const rows = await this.#scope.reader
      .selectFrom('notification_choices')
      .selectAll()
      .where('user_id', '=', userId)
      .execute()
    const chosen = new Map(rows.map((row) => [row.kind, choiceOf(row)]))
    return new Map(this.#kinds.all.map((kind) => [kind.id, effective(kind, chosen.get(kind.id))]))
  }

  async within(tx: OpenTransaction, userId: string, kind: Kind): Promise<ChannelChoice> {
    const row = await this.#scope
      .within(tx)
      .db.selectFrom('notification_choices')
      .selectAll()
      .where('user_id', '=', userId)
      .where('kind', '=', kind.id)
      .executeTakeFirst()
    return effective(kind, row && choiceOf(row))
  }

  /** Those of the people who want to be pushed to about something. */
  async wantingPush(kind: Kind, userIds: readonly string[]): Promise<string[]> {
    if (userIds.length === 0) return []
    const rows = await this.#scope.reader
      .selectFrom('notification_choices')
      .selectAll()
      .where('kind', '=', kind.id)
      .where('user_id', 'in', [...userIds])
      .execute()
    const chosen = new Map(rows.map((row) => [row.user_id, choiceOf(row)]))
    return userIds.filter((userId) => effective(kind, chosen.get(userId)).push)
  }

  /** True: what is pushed to a screen says that there is something, and not what. */
  async isDiscreet(userId: string): Promise<boolean> {
    const row = await this.#scope.reader
      .selectFrom('notification_preferences')
      .select('is_discreet')
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return row?.is_discreet === 1
  }

  async setDiscreet(userId: string, isDiscreet: boolean): Promise<void> {
    const row = { is_discreet: Number(isDiscreet) }
    await this.#database.transaction((tx) =>
      this.#scope
        .within(tx)
        .db.insertInto('notification_preferences')
        .values({ user_id: userId, ...row })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
        .execute(),
    )
  }

  async change(
    userId: string,
    changes: ReadonlyMap<string, Partial<ChannelChoice>>,
  ): Promise<void> {
    await this.#database.transaction(async (tx) => {
      for (const [id, change] of changes) {
        const kind = this.#kinds.find(id)
        if (!kind) continue
        const now = await this.within(tx, userId, kind)
        await this.#write(tx, userId, kind, { ...now, ...change })
      }
    })
    this.#changes++
  }

  async #write(
    tx: OpenTransaction,
    userId: string,
    kind: Kind,
    wanted: ChannelChoice,
  ): Promise<void> {
    const choice = effective(kind, wanted)
    const row = {
      in_app: Number(choice.inApp),
      push: Number(choice.push),
      mail: Number(choice.mail),
    }
    await this.#scope
      .within(tx)
      .db.insertInto('notification_choices')
      .values({ user_id: userId, kind: kind.id, ...row })
      .onConflict((conflict) => conflict.columns(['user_id', 'kind']).doUpdateSet(row))
      .execute()
  }
}

function effective(kind: Kind, chosen: ChannelChoice | undefined): ChannelChoice {
  const choice = chosen ?? kind.defaults
  if (kind.isMandatory) return { ...choice, inApp: true, mail: true }
  const { channels } = kind
  if (!channels) return choice
  return {
    inApp: choice.inApp && channels.includes('inApp'),
    push: choice.push && channels.includes('push'),
    mail: choice.mail && channels.includes('mail'),
  }
}

function choiceOf(row: { in_app: number; push: number; mail: number }): ChannelChoice {
  return { inApp: row.in_app === 1, push: row.push === 1, mail: row.mail === 1 }
}
