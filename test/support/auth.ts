import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../../config.ts'
import type { Database } from '../../db/index.ts'
import { FakeClock } from './clock.ts'
import { type DialectName, openCoreDatabase } from './databases.ts'
import type { Log } from '../../core/app.ts'
import { Calls } from '../../core/calls/calls.ts'
import { Catalogue } from '../../core/i18n/catalogue.ts'
import type { StationLog } from '../../core/log/log.ts'
import { openPostOffice } from '../../core/mail/post-office.ts'
import { createAuth } from '../../core/auth/auth-service.ts'
import type { Identity, SecurityEvent, StartedSession, StationAuth } from '../../core/auth/index.ts'
import type { StationSettings } from '../../core/settings/index.ts'
import { loadSecrets, type Secrets } from '../../core/auth/keys/secrets.ts'

export interface TestAuth extends AsyncDisposable {
  readonly auth: StationAuth
  readonly database: Database
  readonly clock: FakeClock
  readonly secrets: Secrets
  readonly dataDir: string
  readonly securityEvents: readonly SecurityEvent[]
  /** Another service over the same rows, as after a restart with a changed configuration. */
  restarted(config: Partial<Config>, secrets?: Secrets): StationAuth
  /** Makes an account with {@link passwordOf} as its password. */
  person(username: string, password?: string): Promise<Identity>
  session(identity: Identity): Promise<StartedSession>
}

export const CLIENT = { ip: '192.0.2.7', userAgent: 'Test/1.0' }

const noLog: Log & Pick<StationLog, 'atConsole'> = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  atConsole: () => undefined,
}

/** Accounts and sessions on a real database, without the rest of the station. */
export async function openTestAuth(
  dialect: DialectName,
  config: Partial<Config> = {},
): Promise<TestAuth> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quark-auth-'))
  const clock = new FakeClock()
  const opened = await openCoreDatabase(dialect)
  const { database } = opened
  const secrets = loadSecrets(dataDir)
  const securityEvents: SecurityEvent[] = []
  const services: StationAuth[] = []
  const restarted: TestAuth['restarted'] = (changes, others = secrets) => {
    const standard = readConfig({})
    const whole = { ...standard, auth: { bcryptCost: 4 }, rateLimits: false, ...changes }
    const service = createAuth({
      database,
      clock,
      log: noLog,
      secrets: others,
      config: whole,
      mail: openPostOffice({ database, clock, log: noLog, config: whole, deliver: false }),
      calls: new Calls(),
      catalogue: new Catalogue(),
      settings: settingsFor(whole),
      onSecurityEvent: (event) => void securityEvents.push(event),
    })
    services.push(service)
    return service
  }
  const auth = restarted(config)
  return {
    auth,
    database,
    clock,
    secrets,
    dataDir,
    securityEvents,
    restarted,
    person: async (username, password = passwordOf(username)) => {
      const email = `${username}@example.org`
      const prepared = await auth.prepare({ username, email, password })
      return database.transaction((tx) => auth.create(tx, prepared))
    },
    session: async (identity) => {
      const session = await database.transaction((tx) => auth.openSession(tx, identity, CLIENT))
      return auth.startSession(session)
    },
    [Symbol.asyncDispose]: async () => {
      for (const service of services) await service.close()
      await opened[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** What holds before an operator has set anything. */
function settingsFor(config: Config): Pick<StationSettings, 'people' | 'retention'> {
  const people = { registration: config.station.registration, confirmMail: true }
  const retention = {
    logDays: 30,
    auditDays: 365,
    sessionDays: 90,
    deletedContentDays: 30,
    unconfirmedDays: 7,
  }
  return { people, retention }
}

export function passwordOf(username: string): string {
  return `${username} has a long password`
}

/** What a browser sends back after the answer with this session. */
export function jarOf(session: Pick<StartedSession, 'cookies'>): Record<string, string> {
  return Object.fromEntries(session.cookies.map(({ name, value }) => [name, value ?? '']))
}
