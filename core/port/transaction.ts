import type { Scope, Transaction } from '../../db/index.ts'
import type { AuditEntry } from '../audit/index.ts'
import type { NewNotification } from '../notifications/index.ts'
import type { Telling, TopicTelling, UpdateData } from '../realtime/index.ts'
import type { EventData, EventType, PublishOptions } from './events.ts'

/** A module's transaction: its own tables, and events that are committed with them. */
export interface ModuleTransaction<Tables = unknown> extends Transaction<Tables> {
  /** Puts an event beside the state change: both are durable or neither. */
  publish<T extends EventType>(type: T, data: EventData<T>, options: PublishOptions): Promise<void>
  /** Tells people's open pages, committed with the change; see `Realtime.push`. */
  push(userIds: string | readonly string[], type: string, data: UpdateData): Promise<void>
  /** The same for many, with a part for each; see `Realtime.tell`. */
  tell(telling: Telling): Promise<void>
  /** Says something to all who follow a topic; see `App.realtime.topics`. */
  tellTopic(telling: TopicTelling): Promise<void>
  /** These people follow a topic of this module which they did not, or no longer. */
  joinTopics(userIds: readonly string[]): void
  leaveTopic(topic: string, userIds: readonly string[]): void
  /** Tells a person beside the state change; see `App.notify`. */
  notify(userId: string, notification: NewNotification): Promise<void>
  /** See `App.withdrawNotifications`. */
  withdrawNotifications(subject: string): Promise<void>
  /**
   * A row of the audit log, committed with the change it tells of. Who acts and from where is read
   * from the request. What was refused gets its row in a transaction of its own.
   */
  record(entry: AuditEntry): Promise<void>
}

/** A module's own tables. Only for modules of the level `core`. */
export interface ModuleDb<Tables = unknown> {
  /** Committed rows; cannot write. */
  readonly reader: Scope<Tables>['reader']
  /** See `Database.transaction`: answers after the commit is durable. */
  transaction<R>(work: (tx: ModuleTransaction<Tables>) => Promise<R> | R): Promise<R>
}
