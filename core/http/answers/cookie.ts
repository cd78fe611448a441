import type { CookieChange } from '../../port/requests.ts'

interface NamedCookie {
  readonly name: string
  readonly value: string
  readonly options: {
    readonly path: string
    readonly httpOnly: true
    readonly sameSite: 'lax'
    readonly secure: boolean
    readonly maxAge?: number
    readonly expires?: Date
  }
}

/** How a cookie of this station is set: for the whole site, out of reach of scripts. */
export function cookieOf({ name, value, maxAgeS }: CookieChange, origin: string): NamedCookie {
  const common = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: origin.startsWith('https:'),
  } as const
  if (value === null) return { name, value: '', options: { ...common, expires: new Date(1) } }
  const lifetime = maxAgeS === undefined ? {} : { maxAge: maxAgeS }
  return { name, value, options: { ...common, ...lifetime } }
}
