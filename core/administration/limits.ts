import type { Config } from '../../config.ts'
import { CODE_LIMITS, type GuessLimits, PASSWORD_LIMITS } from '../auth/sign-in/login-throttle.ts'
import { ABSOLUTE_MS, idleMs } from '../auth/session/session-limits.ts'
import { FRESH_MS } from '../auth/sign-in/step-up.ts'
import { ACCESS_TOKEN_S } from '../auth/session/tokens.ts'
import type { ModuleRouter } from '../http/routes/module-router.ts'

/** At most `max` requests within `windowS` seconds from one network. */
export interface RouteLimit {
  readonly method: string
  /** As served, e.g. `/api/v1/posts/:id`. */
  readonly path: string
  readonly max: number
  readonly windowS: number
}

/** What holds people back, and for how long they are let in. */
export interface LimitsInForce {
  /** False: the operator has switched all limits on requests and guesses off. */
  readonly isLimiting: boolean
  /** Within fifteen minutes; each further round waits twice as long. */
  readonly guesses: { readonly password: GuessLimits; readonly code: GuessLimits }
  /** In minutes. */
  readonly sessions: {
    readonly accessToken: number
    readonly proof: number
    readonly idle: number
    /** Of admins and owners. */
    readonly staffIdle: number
    readonly absolute: number
  }
  /** Of what is docked at this moment, by path. */
  readonly routes: readonly RouteLimit[]
}

/** What is limited, as the code that limits it says. */
export interface LimitDesk {
  list(): Promise<LimitsInForce>
}

export interface LimitParts {
  readonly config: Pick<Config, 'dataDir' | 'rateLimits'>
  readonly router: Pick<ModuleRouter, 'routes'>
}

const MINUTE_MS = 60_000

export class LimitReading implements LimitDesk {
  readonly #parts: LimitParts

  constructor(parts: LimitParts) {
    this.#parts = parts
  }

  async list(): Promise<LimitsInForce> {
    const { config, router } = this.#parts
    const routes = router.routes.flatMap(({ method, path, options: { limit } }) =>
      limit ? [{ method, path, ...limit }] : [],
    )
    return {
      isLimiting: config.rateLimits,
      guesses: { password: PASSWORD_LIMITS, code: CODE_LIMITS },
      sessions: {
        accessToken: ACCESS_TOKEN_S / 60,
        proof: FRESH_MS / MINUTE_MS,
        idle: idleMs('member') / MINUTE_MS,
        staffIdle: idleMs('admin') / MINUTE_MS,
        absolute: ABSOLUTE_MS / MINUTE_MS,
      },
      routes: routes.toSorted((a, b) => a.path.localeCompare(b.path, 'en')),
    }
  }
}
