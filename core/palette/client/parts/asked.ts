import { beginsIn } from '#client'

/** What is looked for, and where. */
export interface Asked {
  readonly kind: 'all' | 'places' | 'people' | 'tags'
  readonly text: string
}

const KINDS = { '>': 'places', '@': 'people', '#': 'tags' } as const
const SIGN = /^\s*[>@#]?\s*/

/** Of `/api/v1/search`; places are known without it. */
export const TYPES = { all: 'chats,users,own,posts', people: 'users', tags: 'tags' } as const

/** `>` is for places alone, `@` for people, `#` for tags. */
export function asked(typed: string): Asked {
  const text = typed.replace(SIGN, '').trim()
  const sign = typed.trim().charAt(0)
  if (sign === '>' || sign === '@' || sign === '#') return { kind: KINDS[sign], text }
  return { kind: 'all', text }
}

/** All places are meant while nothing is asked for. */
export function isPlaceMeant(name: string, text: string): boolean {
  return text === '' || beginsIn(name, text)
}

/** How a name that begins with what was typed goes on; '' for any other name. */
export function restOf(name: string, typed: string): string {
  const begun = typed.replace(SIGN, '')
  const isBegun = begun !== '' && plain(name).startsWith(plain(begun))
  return isBegun ? name.slice(begun.length) : ''
}

/** As long as the text is. */
function plain(text: string): string {
  return Array.from(text, (char) =>
    char.toLowerCase().length === char.length ? char.toLowerCase() : char,
  )
    .join('')
    .replaceAll('ё', 'е')
}
