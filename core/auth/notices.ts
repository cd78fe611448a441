import type { OpenTransaction } from '../../db/index.ts'
import type { DeviceName } from './sign-in/device-name.ts'

/** What a person is told of their own account, whether they did it or somebody else. */
export type AccountNotice =
  | { readonly kind: 'new-device'; readonly device: DeviceName; readonly ip: string }
  | { readonly kind: 'factor-on' | 'factor-renewed' | 'factor-off' | 'factor-taken' }
  | { readonly kind: 'recovery-codes-renewed' }
  | { readonly kind: 'recovery-code-used'; readonly left: number }
  | { readonly kind: 'token-reused' }
  | { readonly kind: 'password-changed' | 'email-changed' }

export type NoticeListener = (
  tx: OpenTransaction,
  userId: string,
  notice: AccountNotice,
) => Promise<void>

/** Passes on what people have to hear of their accounts; committed with what happened. */
export class Notices {
  readonly #listeners: NoticeListener[] = []

  onNotice(listener: NoticeListener): void {
    this.#listeners.push(listener)
  }

  async tell(tx: OpenTransaction, userId: string, notice: AccountNotice): Promise<void> {
    for (const listener of this.#listeners) await listener(tx, userId, notice)
  }
}
