import type { TSchema, Static } from 'typebox'
import type { Scope, Transaction } from '../db/index.ts'
import type { Administration } from './administration/index.ts'
import type { AuditEntry } from './audit/index.ts'
import type { Auth, Client } from './auth/index.ts'
import type { Audience } from './calls/calls.ts'
import type { CodedError } from './errors.ts'
import type { PresenceChange, Telling, TopicTelling, UpdateData } from './realtime/index.ts'
import type { MethodHandler, MethodOptions } from './realtime/method.ts'
import type { NewNotification } from './notifications/index.ts'
import type { PersonalDataPort } from './privacy/index.ts'
import type { Translate } from '../templates/index.ts'
import type { PagePart, PageResult, SlotContext } from './views/page.ts'

declare global {
  /**
   * Event type → payload. The module that publishes a type adds it here:
   * `declare global { interface QuarkEvents { 'post.published': Static<typeof PostPublished> } }`
   */
  interface QuarkEvents {}

  /** Call name → what it takes and gives; added by the module that provides it. */
  interface QuarkCalls {}
}

/** Any plain JSON value: all that crosses the docking port. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

export type EventType = keyof QuarkEvents | (string & {})
export type EventData<T extends string> = T extends keyof QuarkEvents ? QuarkEvents[T] : unknown
export type CallName = keyof QuarkCalls | (string & {})
export type CallInput<N extends string> = N extends keyof QuarkCalls
  ? QuarkCalls[N] extends { input: infer I }
    ? I
    : unknown
  : unknown
export type CallOutput<N extends string> = N extends keyof QuarkCalls
  ? QuarkCalls[N] extends { output: infer O }
    ? O
    : unknown
  : unknown

/** CloudEvents 1.0 in JSON, with the extensions the bus adds. */
export interface CloudEvent<Data = unknown> {
  readonly specversion: '1.0'
  /** UUIDv7; the same on every delivery of the same fact. */
  readonly id: string
  /** `/modules/blog` or `/core` */
  readonly source: string
  readonly type: string
  /** `post/<id>`: deliveries of one subject keep their order. */
  readonly subject: string
  /** ISO 8601, UTC */
  readonly time: string
  readonly datacontenttype: 'application/json'
  /** `urn:quark:event:post.published:1` */
  readonly dataschema: string
  readonly data: Data
  /** The user on whose behalf it happened. */
  readonly actor?: string
  /** The first event or request of the chain. */
  readonly correlationid: string
  /** The event whose handler published this one. */
  readonly causationid?: string
  /** Steps from the first cause; a chain longer than 16 is cut. */
  readonly hops: number
  /** Space-separated subjects whose kept pages this fact makes stale. */
  readonly touches?: string
}

export interface PublishOptions {
  /** What the fact is about, as `noun/id`. */
  readonly subject: string
  /** Who did it: the person of the request unless another is named; null names nobody. */
  readonly actor?: string | null
  /** Other subjects whose kept pages become stale, e.g. `['blog/<userId>', 'posts']`. */
  readonly touches?: readonly string[]
}

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

export interface SubscribeOptions {
  /** Where a consumer seen for the first time begins. Default `new`. */
  readonly from?: 'new' | 'beginning'
}

export type EventHandler<T extends string> = (
  event: CloudEvent<EventData<T>>,
) => Promise<void> | void

export type Locale = 'ru' | 'en'
export type Role = 'owner' | 'admin' | 'moderator' | 'member'

/** Who may use a route. `public` is everyone; the rest mean a signed-in user of at least that role. */
export type Policy = 'public' | 'member' | 'moderator' | 'admin' | 'owner'

/** The signed-in user of a request. */
export interface Actor {
  readonly id: string
  readonly username: string
  readonly role: Role
  readonly sessionId: string
}

/** A request as a handler sees it: plain JSON, whatever the HTTP library. */
export interface ModuleRequest<Body = unknown> {
  readonly method: string
  /** The path as asked, without the query. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Body
  /** null for a stranger. */
  readonly actor: Actor | null
  readonly locale: Locale
  /** `https://example.org`, without a slash at the end. */
  readonly origin: string
  readonly requestId: string
  /** Address and program of the client; only for modules with the permission `auth`. */
  readonly client?: Client
  /** Cookies the module set itself with `cookies`, by name. */
  readonly cookies: Readonly<Record<string, string>>
  /** The stored picture, where the route takes a `file` that is one. */
  readonly file?: Picture
  /** What was stored, where the route takes an attachment or a voice. */
  readonly attachment?: UploadedFile
  /** Only for the page that asks for a proof: the form that waits for it. */
  readonly held?: HeldForm
}

/**
 * A form of a route with `stepUp`, sent by somebody whose proof was too old. The page that asks
 * sends `fields` to `action` once more, with `proof-password` or `proof-code` beside them.
 */
export interface HeldForm {
  readonly action: string
  /** Where to go for who thinks better of it. */
  readonly back: string
  readonly fields: readonly (readonly [name: string, text: string])[]
  /** What was wrong with the proof given last. */
  readonly problem?: CodedError
}

export interface ModuleResponse {
  /** Default 200. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or text when a `content-type` header says so. Absent: an empty body. */
  readonly body?: unknown
  readonly cookies?: readonly CookieChange[]
}

export interface CookieChange {
  readonly name: string
  /** null removes the cookie. */
  readonly value: string | null
  readonly maxAgeS?: number
}

export interface RouteOptions<Body extends TSchema = TSchema> {
  /** Without a policy the module does not start. */
  readonly policy: Policy
  readonly summary: string
  readonly body?: Body
  readonly query?: TSchema
  readonly params?: TSchema
  /** Status → schema of the body; documents the contract. */
  readonly responses?: Readonly<Record<number, TSchema>>
  /** At most `max` requests per `windowS` seconds and address. */
  readonly limit?: { readonly max: number; readonly windowS: number }
  /**
   * True for dangerous acts: whoever has not proved within fifteen minutes that it is them is
   * answered QL_AUTH_VERIFY_NEEDED, or led to where they can; a form goes on from there as typed.
   */
  readonly stepUp?: true
  /** The request is a form with one picture, or one file. */
  readonly file?: FileOptions
}

/**
 * A form (`multipart/form-data`) whose part `file` the core stores before the handler runs; the
 * handler gets the stored picture as `request.file` and the other fields as `request.body`. The
 * fields `alt` (what it shows), for an avatar `x`, `y` and `size` (its square, see the guide), and for
 * a voice `durationMs` and `waveform` belong to the core and may stand in the body's schema as
 * optional texts.
 */
export interface FileOptions {
  /**
   * Decides which sizes are made; an avatar is cut to a square. An `attachment` may be any file and a
   * `voice` is Opus in Ogg or WebM: the handler gets them as `request.attachment`. What is neither a
   * picture nor a film that browsers play is only ever handed out for saving.
   */
  readonly purpose: PicturePurpose | 'attachment' | 'voice'
  /** At most, and by default, 5 MiB. */
  readonly maxBytes?: number
  /**
   * Who may see it beside its owner. `by` names a call this module provides: it is asked with
   * `{mediaId, userId}` (null for a stranger) and answers true or false. Default `public`.
   */
  readonly visibility?: 'public' | 'private' | { readonly by: CallName }
}

export type PicturePurpose = 'picture' | 'cover' | 'avatar'

export type RouteHandler<Body> = (request: ModuleRequest<Body>) => Promise<ModuleResponse>

export interface PageOptions<Body extends TSchema = TSchema> {
  readonly policy: Policy
  /** Default GET. A POST page receives a form. */
  readonly method?: 'GET' | 'POST'
  readonly body?: Body
  readonly limit?: RouteOptions['limit']
  readonly stepUp?: true
  readonly file?: FileOptions
}

export type PageHandler<Body> = (request: ModuleRequest<Body>) => Promise<PageResult>

export type SlotRender = (context: SlotContext) => Promise<PagePart | null>

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

export interface FetchOrder {
  /** http or https, on the usual port. */
  readonly url: string
  /** Media types that are read, in lower case; anything else is refused before its body. */
  readonly types: readonly string[]
  readonly maxBytes: number
  /** Of everything together: names, redirects, body. */
  readonly timeoutMs: number
  /** True: of a longer body the beginning is enough. Default false: it is refused. */
  readonly isCut?: boolean
}

export type Fetched =
  | {
      /** After redirects. */
      readonly url: string
      readonly contentType: string
      readonly base64: string
    }
  | {
      readonly refused: 'address' | 'network' | 'redirects' | 'size' | 'status' | 'time' | 'type'
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

/** Stored pictures. The address of one is `/media/<id>`, of a smaller one `/media/<id>/w960`. */
export interface Media {
  /**
   * Keeps a picture made by the program itself; the same bytes twice are one picture. Nothing
   * sweeps it.
   *
   * @throws the codes of an upload: QL_MEDIA_UNKNOWN_TYPE, QL_MEDIA_BROKEN, QL_MEDIA_QUOTA …
   */
  putPicture(picture: NewPicture): Promise<Picture>
  /** In no order; unknown ids are absent, and with `of` those that belong to others. */
  find(ids: readonly string[], of?: { readonly ownerId: string }): Promise<readonly Picture[]>
  /** The same for uploads of every kind. */
  findFiles(
    ids: readonly string[],
    of?: { readonly ownerId: string },
  ): Promise<readonly UploadedFile[]>
  /**
   * Says that `usedBy` (`post/<id>`) refers to these pictures, all or none. An uploaded picture that
   * nothing has used for a day is removed, so this stands before the reference is committed.
   *
   * @throws QL_MEDIA_GONE when one of them is not kept any more.
   */
  use(usedBy: string, ids: readonly string[]): Promise<void>
  /** Takes back what {@link use} said: of the given pictures, or of all. */
  release(usedBy: string, ids?: readonly string[]): Promise<void>
}

export interface NewPicture {
  readonly ownerId: string
  /** JPEG, PNG, GIF, WebP or AVIF. */
  readonly bytes: Uint8Array
  readonly alt: string
  /** Default `picture`. */
  readonly purpose?: PicturePurpose
  /** True: like an upload it is removed when nothing has used it for a day. */
  readonly isPassing?: boolean
}

export interface Picture {
  readonly id: string
  /** The full picture, in a form that every program reads. */
  readonly url: string
  /** Of the full picture, upright, in pixels. */
  readonly width: number
  readonly height: number
  readonly alt: string
  /** Smaller ones as WebP, the narrowest first. */
  readonly variants: readonly PictureVariant[]
  /** Base64; a blurred impression in some 25 bytes. */
  readonly thumbhash: string | null
  readonly animated: boolean
}

/** An upload of any kind. */
export interface UploadedFile {
  readonly id: string
  readonly url: string
  /** Judged by what is in it, whatever its name promises. */
  readonly kind: 'picture' | 'video' | 'voice' | 'file'
  /** As its sender called it, without what cannot be seen; '' for pictures. */
  readonly name: string
  /** What browsers are told it is. */
  readonly type: string
  /** Of the upload. */
  readonly bytes: number
  /** In pixels; 0 where there is nothing to see. */
  readonly width: number
  readonly height: number
  readonly durationMs: number | null
  /** Levels from 0 to 31; only of a voice. */
  readonly waveform: readonly number[] | null
  /** What was made of it, when it is a picture. */
  readonly picture: Picture | null
}

export interface PictureVariant {
  readonly url: string
  readonly width: number
  readonly height: number
  readonly type: string
}
