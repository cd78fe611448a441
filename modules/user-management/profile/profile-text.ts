import type { CodedError } from '#core'
import { errors } from '../errors.ts'

export const MAX_NAME = 80
export const MAX_BIO = 300
export const MAX_PLACE = 80

/** Characters that turn the text around them: a name must not rearrange the line it stands in. */
const BIDI_CONTROL = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** One line, without control characters, in NFC. */
export function cleanName(text: string): string {
  return clean(text).replaceAll(/\s+/gu, ' ').trim()
}

/** Lines and at most one empty line between them. */
export function cleanBio(text: string): string {
  return clean(text.replaceAll(/\r\n?/g, '\n'))
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

function clean(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(BIDI_CONTROL, '')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
}

/** What is wrong with a cleaned name, or null. */
export function nameFault(name: string): CodedError | null {
  if (name === '') return errors.QL_USERS_NAME_EMPTY()
  return isLonger(name, MAX_NAME) ? errors.QL_USERS_NAME_LONG({ values: { max: MAX_NAME } }) : null
}

export function bioFault(bio: string): CodedError | null {
  return isLonger(bio, MAX_BIO) ? errors.QL_USERS_BIO_LONG({ values: { max: MAX_BIO } }) : null
}

export function placeFault(place: string): CodedError | null {
  const values = { max: MAX_PLACE }
  return isLonger(place, MAX_PLACE) ? errors.QL_USERS_PLACE_LONG({ values }) : null
}

function isLonger(text: string, max: number): boolean {
  return Array.from(text).length > max
}
