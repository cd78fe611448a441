import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Everything an operator can set, read once. The environment stands above the file. */
export interface Config {
  readonly server: {
    readonly host: string
    /** 0 takes any free port. */
    readonly port: number
    /** The address people use, e.g. `https://example.org`; null: derived from host and port. */
    readonly publicUrl: string | null
    /** Proxies whose `X-Forwarded-*` is believed, as addresses or CIDR. */
    readonly trustProxy: readonly string[]
    /** How long a stopping station waits for open requests. */
    readonly drainMs: number
  }
  readonly dataDir: string
  readonly modulesDir: string
  /** null: SQLite in the data folder. */
  readonly databaseUrl: string | null
  readonly station: {
    readonly name: string
    readonly locale: 'ru' | 'en'
    readonly registration: 'open' | 'invitation' | 'closed'
  }
  readonly log: {
    readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
    readonly format: 'auto' | 'pretty' | 'json'
    readonly file: boolean
  }
  readonly mail: {
    /** `smtp://user:password@host:587`; null: letters wait in the mailbox of the owner. */
    readonly smtpUrl: string | null
    /** `Name <address>` or an address; null: `noreply@` the host of the public address. */
    readonly from: string | null
  }
  readonly auth: {
    /** 2^cost rounds of bcrypt. */
    readonly bcryptCost: number
  }
  /** False only where one client plays many people, e.g. under a load test. */
  readonly rateLimits: boolean
  /** Upper bound of kept page bytes. */
  readonly pageCacheBytes: number
}

/** A setting that cannot be used; the message is one sentence for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const ROOT = fileURLToPath(new URL('.', import.meta.url))

type Read = (name: string) => string | undefined

/** Name → what it does, its form and its default; `docs/configuration.md` holds the same list. */
const SETTINGS = {
  QUARK_CONFIG: 'path of a JSON file with these same names',
  QUARK_HOST: 'address to listen on',
  QUARK_PORT: 'port to listen on, 0 for any',
  QUARK_PUBLIC_URL: 'the address people use',
  QUARK_TRUST_PROXY: 'comma-separated proxies to believe',
  QUARK_DRAIN_MS: 'how long to wait for open requests when stopping',
  QUARK_DATA_DIR: 'folder of the database, secrets, media and logs',
  QUARK_MODULES_DIR: 'folder whose sub-folders are modules',
  QUARK_STATION_NAME: 'the name people see',
  QUARK_LOCALE: 'ru or en, for strangers whose browser asks for neither',
  QUARK_REGISTRATION: 'open, invitation or closed',
  QUARK_LOG_LEVEL: 'debug, info, warn, error or silent',
  QUARK_LOG_FORMAT: 'auto, pretty or json',
  QUARK_LOG_FILE: 'on or off',
  QUARK_MAIL_FROM: 'sender of letters, an address or Name <address>',
  QUARK_BCRYPT_COST: 'from 10 to 15',
  QUARK_RATE_LIMITS: 'on or off',
  QUARK_PAGE_CACHE_MB: 'memory for kept pages',
} as const

type Setting = keyof typeof SETTINGS

/**
 * Reads the environment and an optional JSON file.
 *
 * @throws ConfigError naming the first unknown name or unusable value.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const file = fileSettings(environment['QUARK_CONFIG'])
  for (const name of [...Object.keys(environment), ...Object.keys(file)]) {
    if (
      name.startsWith('QUARK_') &&
      !Object.hasOwn(SETTINGS, name) &&
      !name.startsWith('QUARK_TEST_')
    ) {
      throw new ConfigError(`Unknown setting ${name}. Known: ${Object.keys(SETTINGS).join(', ')}.`)
    }
  }
  const read: Read = (name) => environment[name] ?? file[name]
  return {
    server: serverSettings(read),
    dataDir: resolve(text(read, 'QUARK_DATA_DIR', `${ROOT}data`)),
    modulesDir: resolve(text(read, 'QUARK_MODULES_DIR', `${ROOT}modules`)),
    databaseUrl: databaseUrl(read('DATABASE_URL')),
    station: {
      name: text(read, 'QUARK_STATION_NAME', 'Quark-Light'),
      locale: oneOf(read, 'QUARK_LOCALE', ['en', 'ru']),
      registration: oneOf(read, 'QUARK_REGISTRATION', ['open', 'invitation', 'closed']),
    },
    log: {
      level: oneOf(read, 'QUARK_LOG_LEVEL', ['info', 'debug', 'warn', 'error', 'silent']),
      format: oneOf(read, 'QUARK_LOG_FORMAT', ['auto', 'pretty', 'json']),
      file: oneOf(read, 'QUARK_LOG_FILE', ['on', 'off']) === 'on',
    },
    mail: {
      smtpUrl: smtpUrl(read('SMTP_URL')),
      from: mailFrom(read('QUARK_MAIL_FROM')),
    },
    auth: { bcryptCost: whole(read, 'QUARK_BCRYPT_COST', { min: 10, max: 15, standard: 12 }) },
    rateLimits: oneOf(read, 'QUARK_RATE_LIMITS', ['on', 'off']) === 'on',
    pageCacheBytes:
      whole(read, 'QUARK_PAGE_CACHE_MB', { min: 0, max: 4096, standard: 32 }) * 2 ** 20,
  }
}

function serverSettings(read: Read): Config['server'] {
  const proxies = text(read, 'QUARK_TRUST_PROXY', '').split(',')
  return {
    host: text(read, 'QUARK_HOST', '127.0.0.1'),
    port: whole(read, 'QUARK_PORT', { min: 0, max: 65_535, standard: 8000 }),
    publicUrl: publicUrl(read('QUARK_PUBLIC_URL') ?? read('PUBLIC_URL')),
    trustProxy: proxies.map((proxy) => proxy.trim()).filter((proxy) => proxy !== ''),
    drainMs: whole(read, 'QUARK_DRAIN_MS', { min: 0, max: 60_000, standard: 10_000 }),
  }
}

function fileSettings(path: string | undefined): Record<string, string> {
  if (path === undefined || path === '') return {}
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ConfigError(`The settings file ${path} cannot be read: ${String(error)}.`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ConfigError(`The settings file ${path} must hold one JSON object.`)
  }
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]))
}

function text(read: Read, name: Setting, standard: string): string {
  const value = read(name)
  return value === undefined || value === '' ? standard : value
}

function oneOf<const Options extends readonly [string, ...string[]]>(
  read: Read,
  name: Setting,
  options: Options,
): Options[number] {
  const value = text(read, name, options[0])
  if (options.includes(value)) return value
  throw new ConfigError(`${name} is ${value}, but must be one of: ${options.join(', ')}.`)
}

interface Bounds {
  readonly min: number
  readonly max: number
  readonly standard: number
}

function whole(read: Read, name: Setting, { min, max, standard }: Bounds): number {
  const value = text(read, name, String(standard))
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= min && number <= max) return number
  throw new ConfigError(`${name} is ${value}, but must be a whole number from ${min} to ${max}.`)
}

function publicUrl(value: string | undefined): string | null {
  if (value === undefined || value === '') return null
  const url = URL.parse(value)
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') {
    return url.origin
  }
  throw new ConfigError(
    `QUARK_PUBLIC_URL is ${value}, but must be an address such as https://example.org.`,
  )
}

function databaseUrl(value: string | undefined): string | null {
  if (value === undefined || value === '') return null
  const url = URL.parse(value)
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return value
  throw new ConfigError('DATABASE_URL must begin with postgres:// (leave it out for SQLite).')
}

function smtpUrl(value: string | undefined): string | null {
  if (value === undefined || value === '') return null
  const url = URL.parse(value)
  if (url && /^smtps?:$/.test(url.protocol) && url.hostname !== '') return value
  /* The value is not quoted: it holds a password. */
  throw new ConfigError('SMTP_URL must be an address such as smtp://user:password@host:587.')
}

function mailFrom(value: string | undefined): string | null {
  if (value === undefined || value === '') return null
  if (/^(?:[^<>\p{C}]+ <[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/u.test(value)) return value
  throw new ConfigError(
    `QUARK_MAIL_FROM is ${value}, but must be like: Station <noreply@example.org>.`,
  )
}
