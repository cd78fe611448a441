import type { Translate } from '../../../templates/index.ts'
import type { App, Clock, DemoStage, StationFacts, Store } from '../../app.ts'
import type { Json } from '../../port/events.ts'
import type { Fetched } from '../../port/outside.ts'
import type { Locale, Policy } from '../../port/requests.ts'
import type { ModuleDb } from '../../port/transaction.ts'
import type { Administration } from '../../administration/index.ts'
import type { Auth } from '../../auth/index.ts'
import type { PagePart } from '../../views/page.ts'
import { Binder, type Ticket } from '../binder.ts'
import type { BindingKind, Bindings } from '../bindings.ts'
import { mediaPart, type MediaMethod } from './media.ts'
import { realtimePart } from './realtime.ts'
import { notificationPart } from './notifications.ts'
import { personalDataPart } from './personal-data.ts'

/** Asks the host for something by name; both sides of it are plain JSON. */
export type Ask = (method: HostMethod, input: unknown) => Promise<unknown>

export type HostMethod =
  | 'publish'
  | 'call'
  | 'slot-parts'
  | 'store-get'
  | 'store-put'
  | 'store-delete'
  | 'store-list'
  | MediaMethod
  | 'http-fetch'
  | 'log'
  | 'say'
  | 'realtime-push'
  | 'realtime-signal'
  | 'realtime-online'
  | 'notify'
  | 'notify-withdraw'

/** What cannot cross a process border, for modules of the level `core` only. */
export interface CoreExtras {
  db<Tables>(): ModuleDb<Tables>
  readonly auth?: Auth
  readonly administration?: Administration
  translator(locale: Locale): Translate
}

export interface PortFacts {
  readonly id: string
  /** As they are now. */
  readonly settings: () => Readonly<Record<string, Json>>
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly station: StationFacts
  /** The module's own folder; frames of its code are named relative to it. */
  readonly folder: string
}

/** The module's side of the docking port. */
export interface Port {
  readonly app: App
  readonly bindings: Bindings
  /** After `register` nothing more can be bound. */
  seal(): void
  /** Runs the handler of one binding. `delivery` ties what it asks for to one event delivery. */
  invoke(kind: BindingKind, index: number, input: unknown, delivery?: string): Promise<unknown>
}

/**
 * Makes the `App` of one module. It holds no authority: every act is a question to the host, so
 * the same code serves in-process and on the far side of a pipe.
 */
export function openPort(facts: PortFacts, ask: Ask, extras?: CoreExtras): Port {
  const binder = new Binder(facts)
  const app: App = {
    ...localFacts(facts, ask, extras),
    get settings() {
      return facts.settings()
    },
    get auth() {
      if (!extras?.auth) throw new Error(`${facts.id} lacks the permission auth in module.json`)
      return extras.auth
    },
    get administration() {
      if (extras?.administration) return extras.administration
      throw new Error(`${facts.id} lacks the permission administration in module.json`)
    },
    ...eventPart(binder, ask),
    ...webPart(binder, ask),
    ...mediaPart(ask),
    http: { fetch: async (order) => (await ask('http-fetch', order)) as Fetched },
    ...realtimePart(binder, ask),
    ...notificationPart(binder, ask),
    ...personalDataPart(binder),
    provide: (name, schema, handler) =>
      binder.bind('provides', { name, audience: 'modules', ...schema }, handler),
    call: async (name, input) => (await ask('call', { name, input })) as never,
    store: <Document extends object>(collection: string) => {
      if (!binder.isSealed) binder.bind('collections', { name: collection }, nothing)
      return openStore<Document>(collection, ask, binder.inDelivery)
    },
    job: (id, cron, handler) => binder.bind('jobs', { id, cron }, handler),
    demo: (order, fill) => {
      const stage: DemoStage = { say: (line) => void ask('say', { line }) }
      binder.bind('demo', { order }, () => fill(stage))
    },
  }
  return {
    app,
    bindings: binder.bindings,
    seal: () => {
      binder.isSealed = true
    },
    invoke: (kind, index, input, delivery) => binder.run(kind, index, input, delivery),
  }
}

function eventPart(binder: Binder, ask: Ask): Pick<App, 'onEvent' | 'eventBus'> {
  return {
    onEvent: (type, handler, options = {}) =>
      binder.bind('subscriptions', { type, options }, handler),
    eventBus: {
      define: (type, schema) => binder.bind('events', { type, schema: schema as never }, nothing),
      publish: async (type, data, options) => {
        await ask('publish', binder.inDelivery({ type, data, options }))
      },
    },
  }
}

function webPart(binder: Binder, ask: Ask): Pick<App, 'route' | 'page' | 'slot' | 'slotParts'> {
  return {
    route: (method, path, options, handler) => {
      requirePolicy(method, path, options)
      binder.bind('routes', { method, path, options }, handler)
    },
    page: (path, options, handler) => {
      const { method = 'GET' } = options
      requirePolicy(method, path, options)
      binder.bind('pages', { method, path, options }, handler)
    },
    slot: (name, render) => binder.bind('slots', { name }, render),
    slotParts: async (name, context) =>
      (await ask('slot-parts', { name, context })) as readonly PagePart[],
  }
}

type LocalFacts = 'id' | 'log' | 'clock' | 'signal' | 'station' | 'db' | 'translator'

function localFacts(
  facts: PortFacts,
  ask: Ask,
  extras: CoreExtras | undefined,
): Pick<App, LocalFacts> {
  const say =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}): void =>
      void ask('log', { level, message, fields })
  return {
    id: facts.id,
    clock: facts.clock,
    signal: facts.signal,
    station: facts.station,
    log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    db: <Tables>() => {
      if (!extras) throw new Error(`${facts.id} is not of the level core and has no tables`)
      return extras.db<Tables>()
    },
    translator: (locale) => {
      if (!extras) throw new Error(`${facts.id} is not of the level core and draws no views`)
      return extras.translator(locale)
    },
  }
}

function openStore<Document extends object>(
  collection: string,
  ask: Ask,
  inDelivery: Ticket,
): Store<Document> {
  return {
    get: async (id) => (await ask('store-get', inDelivery({ collection, id }))) as Document | null,
    put: async (id, document) => {
      await ask('store-put', inDelivery({ collection, id, document }))
    },
    delete: async (id) => {
      await ask('store-delete', inDelivery({ collection, id }))
    },
    list: async (after = '') =>
      (await ask('store-list', { collection, after })) as { id: string; document: Document }[],
  }
}

/** Who may use a route is said by the module, never assumed: nothing is open by omission. */
function requirePolicy(method: string, path: string, options: { readonly policy?: Policy }): void {
  if (options.policy !== undefined) return
  throw new Error(`${method} ${path} has no policy. Add one, such as policy: 'member'`)
}

function nothing(): void {}
