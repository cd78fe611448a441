import { authErrors, tooManyAttempts } from '../errors.ts'
import type { Devices } from './devices.ts'
import type { Client } from '../session/session.ts'
import type { SecurityEvent } from '../security-event.ts'
import type { LoginThrottle } from './login-throttle.ts'
import type { SecondFactorRows } from '../second-factor/second-factors.ts'

export interface CodeCheckParts {
  readonly factors: SecondFactorRows
  readonly devices: Devices
  /** Absent: nobody is limited. */
  readonly throttle: LoginThrottle | undefined
  readonly report: (event: SecurityEvent) => Promise<void>
}

/** Takes a code of the second factor, with a limit on guesses. */
export class CodeCheck {
  readonly #parts: CodeCheckParts

  constructor(parts: CodeCheckParts) {
    this.#parts = parts
  }

  /**
   * @throws QL_AUTH_CODE_WRONG, with how many tries are left as the member `left`;
   * QL_AUTH_TOO_MANY_ATTEMPTS.
   */
  async require(userId: string, code: string, { ip, device }: Client): Promise<void> {
    const { factors, devices, throttle, report } = this.#parts
    const guess = { account: userId, ip, knownDevice: await devices.known(userId, device) }
    const retryAfterS = throttle?.attempt(guess) ?? 0
    if (retryAfterS > 0) {
      await report({ type: 'login.limited', userId, ip })
      throw tooManyAttempts(retryAfterS)
    }
    if (await factors.take(userId, code)) {
      throttle?.succeed(guess)
      return
    }
    await report({ type: 'second-factor.refused', userId, ip })
    const left = throttle?.left(guess)
    throw authErrors.QL_AUTH_CODE_WRONG(left === undefined ? {} : { members: { left } })
  }
}
