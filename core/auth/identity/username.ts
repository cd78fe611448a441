import type { CodedError } from '../../errors.ts'
import { authErrors } from '../errors.ts'
import { foreignLetters, readingsOf } from './lookalikes.ts'

const USERNAME = /^[a-z][a-z0-9_-]{2,31}$/

/**
 * Names that are, or may become, addresses of the station itself, or that would let someone speak
 * in its voice.
 */
const RESERVED = new Set(
  `about abuse account accounts activity admin administrator all anonymous api app apps archive
  assets auth avatar blog blogs bot bots channel channels chat chats comment comments compose
  contact core create css dashboard data delete demo design dev developer docs download drafts edit
  editor email error everyone explore export favicon feed feeds file files follow followers
  following forgot fonts group groups guest health help home host hostmaster html icons image
  images img import inbox index info invite issues javascript json legal license live login logout
  mail main manifest me media member members message messages messaging metrics mod moderation
  moderator module modules new news nobody notification notifications null oauth offline official
  owner page pages password photo photos picture pictures policy popular post postmaster posts
  press preview privacy profile profiles proposal proposals public push quark quark-light register
  report reset robots root rss rules save search secure security session sessions settings setup
  share signin signout signup site sitemap socket staff static station status store subscribe
  support system tag tags team terms test theme themes timeline token tokens trending undefined
  unsubscribe update updates upload uploads user username users verify video videos webhook
  webmaster welcome widget write ws www`.split(/\s+/),
)

/** Names of people who have left; nobody may look like one of them, or like several. */
const TOMBSTONE = /^deleted-/

/** User names know no capitals and no wide letters: `Anna`, `ａｎｎａ` and `anna` are one person. */
export function canonicalUsername(input: string): string {
  return input.normalize('NFKC').trim().toLowerCase()
}

/** What is wrong with a canonical user name, or null. Whether it is taken is not looked up. */
export function usernameFault(username: string): CodedError | null {
  const letters = foreignLetters(username)
  if (letters.length > 0) {
    return authErrors.QL_AUTH_USERNAME_LETTERS({ values: { letters: letters.join(', ') } })
  }
  if (!USERNAME.test(username)) return authErrors.QL_AUTH_USERNAME_INVALID()
  const isReserved =
    RESERVED.has(username) || readingsOf(username).some((word) => RESERVED.has(word))
  if (isReserved || TOMBSTONE.test(username)) return authErrors.QL_AUTH_USERNAME_RESERVED()
  return null
}
