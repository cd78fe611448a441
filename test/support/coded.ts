import { CodedError } from '../../core/errors.ts'

/** For `assert.rejects`: an expected failure with this code. */
export function isCoded(code: string): (error: unknown) => boolean {
  return (error) => error instanceof CodedError && error.code === code
}
