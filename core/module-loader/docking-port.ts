import { AsyncLocalStorage } from 'node:async_hooks'
import type { Translate } from '../../templates/index.ts'
import type {
  App,
  Clock,
  DemoStage,
  Json,
  Locale,
  ModuleDb,
  Picture,
  StationFacts,
  Store,
} from '../app.ts'
import type { Auth } from '../auth/index.ts'
import type { PagePart } from '../views/page.ts'
import { type BindingKind, type Bindings, noBindings } from './bindings.ts'

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
  | 'picture-put'
  | 'picture-find'
  | 'log'
  | 'say'

/** What cannot cross a process border, for modules of the level `core` only. */
export interface CoreExtras {
  db<Tables>(): ModuleDb<Tables>
  readonly auth?: Auth
  translator(locale: Locale): Translate
}

export interface PortFacts {
  readonly id: string
  readonly settings: Readonly<Record<string, Json>>
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

type Handler = (input: never) => unknown

/**
 * Makes the `App` of one module. It holds no authority: every act is a question to the host, so
 * the same code serves in-process and on the far side of a pipe.
 */
export function openPort(facts: PortFacts, ask: Ask, extras?: CoreExtras): Port {
  const bindings = noBindings()
  const handlers = new Map<BindingKind, Handler[]>()
  const delivery = new AsyncLocalStorage<string>()
  let sealed = false

  function bind<K extends BindingKind>(
    kind: K,
    entry: Omit<Bindings[K][number], 'at'>,
    handler: Handler,
  ): void {
    if (sealed) throw new Error(`${facts.id} binds ${kind} after register() has returned`)
    const list = bindings[kind] as unknown[]
    list.push({ ...entry, at: callerPlace(facts.folder) })
    handlers.set(kind, [...(handlers.get(kind) ?? []), handler])
  }

  const inDelivery = (input: Record<string, unknown>): Record<string, unknown> => {
    const id = delivery.getStore()
    return id === undefined ? input : { ...input, delivery: id }
  }

  const app: App = {
    ...localFacts(facts, ask, extras),
    get auth() {
      if (!extras?.auth) throw new Error(`${facts.id} lacks the permission auth in module.json`)
      return extras.auth
    },
    onEvent: (type, handler, options = {}) =>
      bind('subscriptions', { type, options }, handler as Handler),
    eventBus: {
      define: (type, schema) => bind('events', { type, schema: schema as never }, nothing),
      publish: async (type, data, options) => {
        await ask('publish', inDelivery({ type, data, options }))
      },
    },
    provide: (name, schema, handler) =>
      bind('provides', { name, audience: 'modules', ...schema }, handler as Handler),
    call: async (name, input) => (await ask('call', { name, input })) as never,
    route: (method, path, options, handler) =>
      bind('routes', { method, path, options }, handler as Handler),
    page: (path, options, handler) =>
      bind('pages', { method: options.method ?? 'GET', path, options }, handler as Handler),
    slot: (name, render) => bind('slots', { name }, render as Handler),
    slotParts: async (name, context) =>
      (await ask('slot-parts', { name, context })) as readonly PagePart[],
    store: <Document extends object>(collection: string) => {
      if (!sealed) bind('collections', { name: collection }, nothing)
      return openStore<Document>(collection, ask, inDelivery)
    },
    job: (id, cron, handler) => bind('jobs', { id, cron }, handler as Handler),
    demo: (fill) =>
      bind('demo', {}, () => {
        const stage: DemoStage = { say: (line) => void ask('say', { line }) }
        return fill(stage)
      }),
  }
  return {
    app,
    bindings,
    seal: () => {
      sealed = true
    },
    invoke: async (kind, index, input, deliveryId) => {
      const handler = handlers.get(kind)?.[index]
      if (!handler) throw new Error(`${facts.id} has no handler ${kind}[${index}]`)
      if (deliveryId === undefined) return handler(input as never)
      return delivery.run(deliveryId, () => handler(input as never))
    },
  }
}

type LocalFacts =
  | 'id'
  | 'log'
  | 'clock'
  | 'signal'
  | 'settings'
  | 'station'
  | 'db'
  | 'media'
  | 'translator'

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
    settings: facts.settings,
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
    media: {
      putPicture: async ({ bytes, ...rest }) => {
        const base64 = Buffer.from(bytes).toString('base64')
        return (await ask('picture-put', { ...rest, base64 })) as Picture
      },
      find: async (ids) => (await ask('picture-find', { ids })) as readonly Picture[],
    },
  }
}

function openStore<Document extends object>(
  collection: string,
  ask: Ask,
  inDelivery: (input: Record<string, unknown>) => Record<string, unknown>,
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

function nothing(): void {}

/** The first frame of the stack that lies in the module's folder. */
function callerPlace(folder: string): string {
  const frame = new Error('place').stack?.split('\n').find((line) => line.includes(folder))
  const found = /([^/\\(]+:\d+):\d+\)?$/.exec(frame ?? '')
  return found?.[1] ?? 'register()'
}
