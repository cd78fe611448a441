import { CodedError, type ErrorDetails, type ErrorEntry } from '../errors.ts'

/** A failure as plain JSON, so that a coded error keeps its code on the far side of the port. */
export interface WireError {
  readonly message: string
  readonly stack?: string
  readonly code?: string
  readonly entry?: ErrorEntry
  readonly details?: ErrorDetails
}

export function toWire(error: unknown): WireError {
  if (error instanceof CodedError) {
    const { cause: _cause, ...details } = error.details
    return { message: error.message, code: error.code, entry: error.entry, details }
  }
  if (error instanceof Error) return { message: error.message, stack: error.stack ?? '' }
  return { message: String(error) }
}

export function fromWire(wire: WireError): Error {
  if (wire.code !== undefined && wire.entry)
    return new CodedError(wire.code, wire.entry, wire.details)
  const error = new Error(wire.message)
  if (wire.stack !== undefined) error.stack = wire.stack
  return error
}
