import { Secret, TOTP } from 'otpauth'

const STEP_MS = 30_000

/** The app on a person's phone: shows the six digits of a secret. */
export class Authenticator {
  readonly #totp: TOTP

  /** A secret in Base32, or the `otpauth://` address of a QR code. */
  constructor(secret: string) {
    this.#totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) })
  }

  /** What it shows at that moment, or so many half minutes later. */
  code(now: Date, steps = 0): string {
    return this.#totp.generate({ timestamp: now.getTime() + steps * STEP_MS })
  }

  /** Six digits that are none of those around that moment. */
  wrongCode(now: Date): string {
    const near = new Set([-1, 0, 1].map((steps) => this.code(now, steps)))
    const wrong = ['000000', '111111', '222222', '333333'].find((code) => !near.has(code))
    if (wrong === undefined) throw new Error('Only three codes are right at a time')
    return wrong
  }
}
