import type { OpenTransaction } from '../../../db/index.ts'

/** Sessions that are worth nothing from now on. */
export interface Revoked {
  readonly userId: string
  readonly sessionIds: readonly string[] | 'all'
}

/** Tells whoever keeps connections open that a session has ended. */
export class Revocations {
  readonly #listeners: ((revoked: Revoked) => void)[] = []

  onRevoked(listener: (revoked: Revoked) => void): void {
    this.#listeners.push(listener)
  }

  /** After the commit and before it is answered, so that nothing is sent to a dead session. */
  announce(tx: OpenTransaction, revoked: Revoked): void {
    for (const listener of this.#listeners) tx.onCommit(() => listener(revoked))
  }
}
