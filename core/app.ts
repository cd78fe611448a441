import type { Translate } from '../templates/index.ts'
import type { Administration } from './administration/index.ts'
import type { Auth } from './auth/index.ts'
import type { Audience } from './calls/calls.ts'
import type { NewNotification } from './notifications/index.ts'
import type {
  CallInput,
  CallName,
  CallOutput,
  EventData,
  EventHandler,
  EventType,
  Json,
  PublishOptions,
  SubscribeOptions,
} from './port/events.ts'
import type { Media } from './port/media.ts'
import type { FetchOrder, Fetched } from './port/outside.ts'
import type {
  Locale,
  PageHandler,
  PageOptions,
  RouteHandler,
  RouteOptions,
  SlotRender,
} from './port/requests.ts'
import type { ModuleDb } from './port/transaction.ts'
import type { PersonalDataPort } from './privacy/index.ts'
import type { PresenceChange, UpdateData } from './realtime/index.ts'
import type { MethodHandler, MethodOptions } from './realtime/method.ts'
import type { PagePart, SlotContext } from './views/page.ts'
import type { Static, TSchema } from 'typebox'

/** Documents of one collection, each a JSON object under an id of the module's choice. */
export interface Store<Document extends object = Record<string, Json>> {
  get(id: string): Promise<Document | null>
  put(id: string, document: Document): Promise<void>
  delete(id: string): Promise<void>
  /** Ordered by id; at most 100. */
  list(after?: string): Promise<{ id: string; document: Document }[]>
}

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

export interface Clock {
  now(): Date
}

/**
 * The docking port: all a module can do. A module exports `register(app: App)` and binds there
 * exactly what its `module.json` declares.
 */
export interface App extends PersonalDataPort {
  readonly id: string
  readonly log: Log
  readonly clock: Clock
  /** The station the module is docked to. */
  readonly station: StationFacts
  /**
   * The module's own texts (`locales/*.json`) and the shared ones, in one language.
   *
   * @throws when the module is not of the level `core`: others hand over blocks, not views.
   */
  translator(locale: Locale): Translate

  /** Aborted when the module is disabled or the station drains. */
  readonly signal: AbortSignal
  /**
   * The module's settings: the manifest's defaults with the operator's values over them, as they
   * are at this moment. What is kept of them in a variable does not follow a later change.
   */
  readonly settings: Readonly<Record<string, Json>>

  /**
   * Subscribes durably. Returning acknowledges; throwing retries after 1 s, 5 s, 30 s, 2 min and
   * 10 min, then the event becomes a dead letter. What the handler publishes or stores commits
   * together with the acknowledgement, so its effects inside the station happen exactly once.
   */
  onEvent<T extends EventType>(type: T, handler: EventHandler<T>, options?: SubscribeOptions): void

  readonly eventBus: {
    /** Gives the payload schema of a type the manifest publishes. */
    define(type: string, schema: TSchema): void
    /** Inside a handler: committed with its acknowledgement. Elsewhere: its own transaction. */
    publish<T extends EventType>(
      type: T,
      data: EventData<T>,
      options: PublishOptions,
    ): Promise<void>
  }

  /**
   * Tells a person something, where they have chosen to hear of it. The kind stands in the manifest
   * under `notifications`. In an event handler: committed with its acknowledgement.
   *
   * @throws for a kind the manifest does not declare, or an address that is not a path.
   */
  notify(userId: string, notification: NewNotification): Promise<void>

  /** Takes back what this module has told anybody about `subject`, which is gone. */
  withdrawNotifications(subject: string): Promise<void>

  /** Answers a call. Input and output are checked against the schemas on both sides. */
  provide<N extends CallName>(
    name: N,
    schema: {
      readonly input: TSchema
      readonly output: TSchema
      /** `core`: only modules of that level; `operator`: only commands of who runs the station. */
      readonly audience?: Audience
    },
    handler: (input: CallInput<N>) => Promise<CallOutput<N>>,
  ): void

  /** Names stand in `calls.uses`, or, for modules of the level `core`, `reported.*`. @throws QL_CALL_UNAVAILABLE when nobody provides it. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>

  /** JSON API: `/score/:id` is served at `/api/v1/<module>/score/:id`; `/api/v1/…` as it stands. */
  route<Body extends TSchema = TSchema>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options: RouteOptions<Body>,
    handler: RouteHandler<Static<Body>>,
  ): void

  /**
   * A question a page asks over its socket; the same as `POST /api/v1/rt/<name>` with the input as
   * its body, under the same policy, schema and limit. Stands in the manifest under `methods`.
   */
  method<Input extends TSchema>(
    name: string,
    options: MethodOptions<Input>,
    handler: MethodHandler<Static<Input>>,
  ): void

  /** What people's open pages hear at once. Needs the permission `realtime`. */
  readonly realtime: {
    /** Inside an event handler: committed with its acknowledgement. See `Realtime.push`. */
    push(userIds: string | readonly string[], type: string, data: UpdateData): Promise<void>
    /** Ephemeral: dropped first, never replayed. */
    signal(userIds: readonly string[], type: string, data: UpdateData): void
    /** Who of them has a page open. */
    online(userIds: readonly string[]): Promise<readonly string[]>
    /** Hears of people who come and go, in this process. What it throws is written down. */
    onPresence(handler: (change: PresenceChange) => Promise<void>): void
    /**
     * Names the call of this module that knows somebody's topics: what is told to so many that no
     * line is kept for each of them. It is asked `{userId, held}`, where `held` is how far a socket
     * is in each topic, and answers `[{topic, ev, events}]`: every topic of the person, its newest
     * number, and the updates `{k, …}` that are missing (or one which stands for all).
     */
    topics(by: CallName): void
  }

  /** A page, a feed or a form. */
  page<Body extends TSchema = TSchema>(
    path: string,
    options: PageOptions<Body>,
    handler: PageHandler<Static<Body>>,
  ): void

  /** Fills a place in other pages: `nav`, `home.section`, `profile.tab`, `post.editor.sidebar` … */
  slot(name: string, render: SlotRender): void

  /** What others put into a place of this module's page, in order. */
  slotParts(name: string, context: SlotContext): Promise<readonly PagePart[]>

  store<Document extends object>(collection: string): Store<Document>

  /**
   * Runs `handler` at the times of a cron expression (UTC) on one node of the station. A run that
   * is missed while the station is down is made up for once, at the next start.
   */
  job(id: string, cron: string, handler: () => Promise<void>): void

  /**
   * Adds believable content to an empty station for `quark demo`, in ascending `order` over all
   * modules: people are there from 10 on, what they have written from 20 on.
   */
  demo(order: number, fill: (stage: DemoStage) => Promise<void>): void

  /** The module's own tables. @throws when the module is not of the level `core`. */
  db<Tables>(): ModuleDb<Tables>

  /** Accounts and sessions. @throws when the module lacks the permission `auth`. */
  readonly auth: Auth

  /**
   * People, settings, log and events, as staff work with them. For modules of the level `core`.
   *
   * @throws when the module lacks the permission `administration`.
   */
  readonly administration: Administration

  /** Pictures and files. */
  readonly media: Media

  /** Other people's servers. */
  readonly http: {
    /**
     * Reads one document from the Internet, never from this machine or its neighbours, whatever
     * names and redirects say. The manifest names the hosts: the permission `http:example.org`, or
     * `http:*` for all.
     */
    fetch(order: FetchOrder): Promise<Fetched>
  }
}

export interface StationFacts {
  /** The name people see. */
  readonly name: string
  /** The address the operator has set, `https://example.org`. */
  readonly origin: string
}

/** What a module needs to fill a station for show. */
export interface DemoStage {
  /** One line of progress for the person who waits. */
  say(line: string): void
}
