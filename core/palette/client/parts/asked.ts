import { beginsIn } from '#client'

/** What is looked for, and where. */
export interface Asked {
  readonly kind: 'all' | 'places' | 'people'
  readonly text: string
}

const KINDS = { '>': 'places', '@': 'people' } as const

/** `>` is for places alone, `@` for people. */
export function asked(typed: string): Asked {
  const text = typed.trim()
  const sign = text.charAt(0)
  if (sign === '>' || sign === '@') return { kind: KINDS[sign], text: text.slice(1).trim() }
  return { kind: 'all', text }
}

/** All places are meant while nothing is asked for. */
export function isPlaceMeant(name: string, text: string): boolean {
  return text === '' || beginsIn(name, text)
}
