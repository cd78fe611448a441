import type { UploadForm } from './visitor.ts'

/** What the requests of a probe are about: a draft of alice, and a number no other request has. */
export interface ProbeFacts {
  readonly draft: { readonly id: string; readonly slug: string; readonly rev: number }
  /** `2026-11`: the month of alice's one published post. */
  readonly month: string
  readonly unique: number
}

/** One request to one route, and what each person is answered. */
export interface Probe {
  /** The parameters filled in when left out. */
  readonly path?: (facts: ProbeFacts) => string
  readonly json?: (facts: ProbeFacts) => unknown
  readonly form?: (facts: ProbeFacts) => Readonly<Record<string, string>>
  readonly upload?: UploadForm
  /** A status for each of {@link PEOPLE}; `login` is a page that sends a stranger to sign in. */
  readonly gets: string
}

/** Who asks. Only the last one wrote the draft. */
export const PEOPLE = ['stranger', 'member', 'moderator', 'admin', 'owner', 'author'] as const

/* What usual routes answer them. */
export const EVERYBODY = '200 200 200 200 200 200'
export const MEMBERS = '401 200 200 200 200 200'
export const MEMBERS_PAGE = 'login 200 200 200 200 200'
export const MEMBERS_FORM = 'login 303 303 303 303 303'
export const AUTHOR = '404 404 404 404 404 200'
export const AUTHOR_API = '401 404 404 404 404 200'
export const AUTHOR_PAGE = 'login 404 404 404 404 200'
/** Everyone decides about alice, who is the author. */
export const ABOUT_ALICE = '401 200 200 200 200 422'
export const NOBODY_API = '401 404 404 404 404 404'
export const NOBODY = '404 404 404 404 404 404'
