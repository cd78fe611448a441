import type { CodedError } from '#core'
import { errors } from '../errors.ts'

export const MAX_LINKS = 5
const MAX_LINK = 300

/** Each once and in one spelling; an address without a scheme is taken for `https:`. */
export function cleanLinks(links: readonly string[]): string[] {
  const typed = links.map((link) => link.trim()).filter((link) => link !== '')
  return [...new Set(typed.map(spelled))]
}

/** What is wrong with cleaned addresses, or null. */
export function linksFault(links: readonly string[]): CodedError | null {
  if (links.length > MAX_LINKS) return errors.QL_USERS_LINKS_MANY({ values: { max: MAX_LINKS } })
  const wrong = links.find((link) => !isWebAddress(link))
  return wrong === undefined ? null : errors.QL_USERS_LINK_WRONG({ values: { link: wrong } })
}

/** `example.org/me`, as people read it. */
export function linkText(link: string): string {
  return link.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '')
}

function spelled(link: string): string {
  const whole = /^[a-z][a-z\d+.-]*:/i.test(link) ? link : `https://${link}`
  return URL.canParse(whole) ? new URL(whole).href : link
}

/** To a web page of another host by its name, and without a password inside. */
function isWebAddress(link: string): boolean {
  if (link.length > MAX_LINK || !URL.canParse(link)) return false
  const { protocol, hostname, username, password } = new URL(link)
  const isWeb = protocol === 'https:' || protocol === 'http:'
  return isWeb && hostname.includes('.') && username === '' && password === ''
}
