import type { Database, OpenTransaction } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { CloudEvent, PublishOptions } from '../../port/events.ts'
import type { Audit, AuditEntry } from '../../audit/index.ts'
import { type Calls, namesCall } from '../../calls/calls.ts'
import type { Bus, Effect } from '../../events/bus.ts'
import type { EventSchemas } from '../../events/schemas.ts'
import { newId } from '../../ids.ts'
import type { StationLog } from '../../log/log.ts'
import type { MediaRoom } from '../../media/index.ts'
import { requestContext } from '../../request-context.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import type { Notifications } from '../../notifications/index.ts'
import type { SlotContext } from '../../views/page.ts'
import type { Slots } from '../../views/slots.ts'
import type { Realtime } from '../../realtime/index.ts'
import { Documents } from '../documents.ts'
import type { Ask, HostMethod } from '../port/docking-port.ts'
import { mediaAnswers } from './media.ts'
import { outboundAnswers } from './outbound.ts'
import { realtimeAnswers } from './realtime.ts'
import { ModuleNotices, notificationAnswers } from './notifications.ts'
import type { Manifest } from '../manifest/manifest.ts'

/** The services of the station that a module may ask for. */
export interface HostServices extends Pick<MediaRoom, 'media' | 'mediaUses'> {
  readonly database: Database
  readonly bus: Bus
  readonly realtime: Realtime
  readonly notifications: Notifications
  readonly outbound: Outbound
  readonly schemas: EventSchemas
  readonly calls: Calls
  readonly audit: Audit
  readonly slots: Slots
  readonly log: StationLog
  readonly clock: Clock
  /** Lines of the demo's progress. */
  readonly say: (line: string) => void
}

/** What an unfinished delivery has asked for; committed with its acknowledgement or dropped. */
interface Delivery {
  readonly event: CloudEvent
  readonly effects: Effect[]
  /** Documents put or deleted (null) so far, by `collection/id`: a handler sees its own writes. */
  readonly documents: Map<string, object | null>
}

type Input = Record<string, unknown>

/**
 * The host's side of the port for one module: every question is checked here against the manifest,
 * because this side alone has authority.
 */
export class ModuleHost {
  readonly notices: ModuleNotices
  readonly #manifest: Manifest
  readonly #services: HostServices
  readonly #deliveries = new Map<string, Delivery>()
  readonly #documents: Documents
  readonly #log: StationLog

  constructor(manifest: Manifest, services: HostServices) {
    this.#manifest = manifest
    this.#services = services
    this.notices = new ModuleNotices(manifest, services.notifications)
    this.#documents = new Documents(services.database, manifest.id, services.clock)
    this.#log = services.log.child({ module: manifest.id })
  }

  readonly ask: Ask = (method, input) => this.#answers[method](input as Input)

  /** Runs one delivery; what it asks for comes back as effects to commit with the acknowledgement. */
  async deliver(event: CloudEvent, run: (delivery: string) => Promise<unknown>): Promise<Effect[]> {
    const id = newId()
    const delivery: Delivery = { event, effects: [], documents: new Map() }
    this.#deliveries.set(id, delivery)
    try {
      await run(id)
      return delivery.effects
    } finally {
      this.#deliveries.delete(id)
    }
  }

  /** Puts an event of this module into an open transaction. */
  publishWithin(
    tx: OpenTransaction,
    type: string,
    data: unknown,
    options: PublishOptions,
    cause?: CloudEvent,
  ): Promise<CloudEvent> {
    this.#mayPublish(type)
    this.#services.schemas.validate(type, data)
    const context = requestContext.getStore()
    const usual = cause ? cause.actor : context?.actorId
    const actor = options.actor === null ? undefined : (options.actor ?? usual)
    return this.#services.bus.publish(tx, {
      type,
      data,
      source: `/modules/${this.#manifest.id}`,
      subject: options.subject,
      ...(actor === undefined ? {} : { actor }),
      ...(options.touches ? { touches: options.touches } : {}),
      ...(cause ? { cause } : {}),
      ...(context && !cause ? { correlationId: context.requestId } : {}),
    })
  }

  /** A row of the audit log beside what a module of the level `core` lets its staff do. */
  async recordWithin(tx: OpenTransaction, entry: AuditEntry): Promise<void> {
    await this.#services.audit.record(entry, tx)
  }

  /** What tells people's sockets within an open transaction; needs the permission `realtime`. */
  get live(): Realtime {
    this.#needs('realtime')
    return this.#services.realtime
  }

  readonly #answers: Record<HostMethod, (input: Input) => Promise<unknown>> = {
    publish: async ({ type, data, options, delivery }) => {
      const name = String(type)
      const settings = options as PublishOptions
      this.#mayPublish(name)
      this.#services.schemas.validate(name, data)
      await this.#effect(delivery, async (tx, cause) => {
        await this.publishWithin(tx, name, data, settings, cause)
      })
    },
    call: async ({ name, input }) => {
      const call = String(name)
      if (!namesCall(this.#manifest.calls.uses, call)) {
        throw new Error(`${this.#manifest.id} calls ${call}. Add it to /calls/uses of module.json`)
      }
      const caller = this.#manifest.level === 'core' ? 'core' : 'modules'
      return this.#services.calls.call(call, input, caller)
    },
    'slot-parts': async ({ name, context }) =>
      this.#services.slots.parts(String(name), context as SlotContext),
    'store-get': async ({ collection, id, delivery }) => {
      const key = `${this.#own(collection)}/${String(id)}`
      const pending = this.#open(delivery)?.documents.get(key)
      return pending === undefined ? this.#documents.get(String(collection), String(id)) : pending
    },
    'store-put': async ({ collection, id, document, delivery }) =>
      this.#write(this.#own(collection), String(id), document as object, delivery),
    'store-delete': async ({ collection, id, delivery }) =>
      this.#write(this.#own(collection), String(id), null, delivery),
    'store-list': async ({ collection, after }) =>
      this.#documents.list(this.#own(collection), String(after)),
    log: async ({ level, message, fields }) => {
      const name = level as 'debug' | 'info' | 'warn' | 'error'
      this.#log[name](String(message), fields as Record<string, unknown>)
    },
    say: async ({ line }) => this.#services.say(String(line)),
    ...mediaAnswers({
      room: () => this.#services,
      claimant: () => this.#manifest.id,
      needs: (permission) => this.#needs(permission),
    }),
    ...outboundAnswers({
      outbound: () => this.#services.outbound,
      permissions: () => this.#manifest.permissions,
      module: () => this.#manifest.id,
    }),
    ...realtimeAnswers({
      /* A getter: this table is made before the constructor has run. */
      realtime: () => this.#services.realtime,
      needs: (permission) => this.#needs(permission),
      effect: (delivery, run) => this.#effect(delivery, run),
    }),
    ...notificationAnswers({
      notices: () => this.notices,
      effect: (delivery, run) => this.#effect(delivery, run),
    }),
  }

  async #write(
    collection: string,
    id: string,
    document: object | null,
    delivery: unknown,
  ): Promise<void> {
    this.#open(delivery)?.documents.set(`${collection}/${id}`, document)
    await this.#effect(delivery, (tx) => this.#documents.write(tx, { collection, id, document }))
  }

  /** In a delivery the effect waits for the acknowledgement; elsewhere it is its own transaction. */
  async #effect(
    delivery: unknown,
    effect: (tx: OpenTransaction, cause?: CloudEvent) => Promise<void>,
  ): Promise<void> {
    const open = this.#open(delivery)
    if (!open) return this.#services.database.transaction((tx) => effect(tx))
    open.effects.push((tx) => effect(tx, open.event))
  }

  #open(delivery: unknown): Delivery | undefined {
    if (delivery === undefined) return undefined
    const open = this.#deliveries.get(delivery as string)
    if (open) return open
    throw new Error('The delivery this belongs to has ended; await what the handler starts')
  }

  #mayPublish(type: string): void {
    if (!Object.hasOwn(this.#manifest.events.publishes, type)) {
      throw new Error(
        `${this.#manifest.id} publishes ${type}. Add it to /events/publishes of module.json`,
      )
    }
  }

  #own(collection: unknown): string {
    const name = String(collection)
    if (this.#manifest.collections.includes(name)) return name
    throw new Error(`${this.#manifest.id} stores ${name}. Add it to /collections of module.json`)
  }

  #needs(permission: string): void {
    if (!this.#manifest.permissions.includes(permission)) {
      throw new Error(`${this.#manifest.id} lacks the permission ${permission} in module.json`)
    }
  }
}
