import type { Client } from '../auth/index.ts'
import type { CodedError } from '../errors.ts'
import type { PagePart, PageResult, SlotContext } from '../views/page.ts'
import type { CallName } from './events.ts'
import type { Picture, PicturePurpose, UploadedFile } from './media.ts'
import type { TSchema } from 'typebox'

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
