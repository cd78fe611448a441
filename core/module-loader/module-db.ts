import type { Kysely } from 'kysely'
import type { Database, OpenTransaction, Session, Transaction } from '../../db/index.ts'
import type { EventData, EventType, PublishOptions } from '../port/events.ts'
import type { ModuleDb, ModuleTransaction } from '../port/transaction.ts'
import type { Telling, TopicTelling, UpdateData } from '../realtime/index.ts'
import type { AuditEntry } from '../audit/index.ts'
import type { NewNotification } from '../notifications/index.ts'
import type { ModuleHost } from './host/host.ts'

/** The tables of one module, by their prefix: `user-management` owns `user_management_…`. */
export function moduleDb<Tables>(
  database: Database,
  host: ModuleHost,
  id: string,
): ModuleDb<Tables> {
  const scope = database.scope<Tables>(`${id.replaceAll('-', '_')}_`)
  return {
    reader: scope.reader,
    transaction: (work) =>
      database.transaction((open) => work(new PublishingTransaction(scope.within(open), host))),
  }
}

class PublishingTransaction<Tables> implements ModuleTransaction<Tables> {
  readonly #inner: Transaction<Tables>
  readonly #host: ModuleHost

  constructor(inner: Transaction<Tables>, host: ModuleHost) {
    this.#inner = inner
    this.#host = host
  }

  get db(): Kysely<Tables> {
    return this.#inner.db
  }

  get session(): Session {
    return this.#inner.session
  }

  get isOpen(): boolean {
    return this.#inner.isOpen
  }

  onCommit(hook: () => void): void {
    this.#inner.onCommit(hook)
  }

  async publish<T extends EventType>(
    type: T,
    data: EventData<T>,
    options: PublishOptions,
  ): Promise<void> {
    const open: OpenTransaction = this.#inner
    await this.#host.publishWithin(open, type, data, options)
  }

  async push(userIds: string | readonly string[], type: string, data: UpdateData): Promise<void> {
    await this.#host.live.pushAll(this.#inner, [userIds].flat(), type, data)
  }

  async tell(telling: Telling): Promise<void> {
    await this.#host.live.tell(this.#inner, telling)
  }

  async tellTopic(telling: TopicTelling): Promise<void> {
    await this.#host.live.tellTopic(this.#inner, telling)
  }

  joinTopics(userIds: readonly string[]): void {
    this.#host.live.joinTopics(this.#inner, userIds)
  }

  leaveTopic(topic: string, userIds: readonly string[]): void {
    this.#host.live.leaveTopic(this.#inner, topic, userIds)
  }

  async notify(userId: string, notification: NewNotification): Promise<void> {
    await this.#host.notices.notify(this.#inner, userId, notification)
  }

  async withdrawNotifications(subject: string): Promise<void> {
    await this.#host.notices.withdraw(this.#inner, subject)
  }

  async record(entry: AuditEntry): Promise<void> {
    await this.#host.recordWithin(this.#inner, entry)
  }
}
