import type { Config } from '../../../config.ts'
import type { Database } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import { CodeCheck } from './code-check.ts'
import { Devices } from './devices.ts'
import type { Identities } from '../identity/identities.ts'
import type { SecurityEvent } from '../security-event.ts'
import { CODE_LIMITS, type GuessLimits, LoginThrottle, PASSWORD_LIMITS } from './login-throttle.ts'
import type { PasswordHasher } from '../password/password-hasher.ts'
import type { SecondFactorRows } from '../second-factor/second-factors.ts'
import { SignIn } from './sign-in.ts'
import { SealedSteps, type SignInSteps } from './sign-in-steps.ts'
import { SessionStepUp, type StepUp } from './step-up.ts'

export interface EntranceParts {
  readonly database: Database
  readonly clock: Clock
  readonly config: Pick<Config, 'rateLimits'>
  readonly identities: Identities
  readonly hasher: PasswordHasher
  readonly factors: SecondFactorRows
  /** Seals what a browser keeps between the page with the password and the one with the code. */
  readonly key: Buffer
  readonly stepCookie: string
  readonly report: (event: SecurityEvent) => Promise<void>
}

/** All that a person passes on the way in, and once more before dangerous acts. */
export interface Entrance {
  readonly devices: Devices
  readonly signIn: SignIn
  readonly steps: SignInSteps
  readonly stepUp: StepUp
}

export function openEntrance(parts: EntranceParts): Entrance {
  const { database, clock, config, factors, report } = parts
  const throttle = (limits: GuessLimits): LoginThrottle | undefined =>
    config.rateLimits ? new LoginThrottle(clock, limits) : undefined
  const devices = new Devices(database.scope(''), clock)
  const codes = new CodeCheck({ factors, devices, throttle: throttle(CODE_LIMITS), report })
  const signIn = new SignIn({ ...parts, devices, codes, throttle: throttle(PASSWORD_LIMITS) })
  const cookieName = parts.stepCookie
  const steps = new SealedSteps({ ...parts, signIn, codes, cookieName })
  const stepUp = new SessionStepUp({ database, clock, signIn, codes, factors })
  return { devices, signIn, steps, stepUp }
}
