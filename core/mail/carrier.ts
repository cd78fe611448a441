import type { Letter } from './index.ts'

/** The other side will never take this letter. */
export class RefusedForGoodError extends Error {
  override readonly name = 'RefusedForGoodError'
}

/** Takes letters to the outside. */
export interface Carrier {
  /**
   * Answers when the next server has taken the letter over.
   *
   * @throws RefusedForGoodError when trying again makes no sense; anything else: later.
   */
  carry(id: string, letter: Letter): Promise<void>
  close(): void
}
