import type { Locale } from '../../port/requests.ts'
import { CodedError, coreErrors, type FieldProblem } from '../../errors.ts'

/** What is wrong with one field, in one language. */
export interface ToldProblem {
  readonly path: string
  readonly code: string
  readonly detail: string
}

/** RFC 9457 with our stable `code`. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly requestId: string
  readonly errors?: readonly ToldProblem[]
}

const FASTIFY: Readonly<Record<string, () => CodedError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => coreErrors.QL_BODY_TOO_LARGE({ values: { max: 256 } }),
  FST_ERR_CTP_INVALID_JSON_BODY: () => coreErrors.QL_BODY_BROKEN(),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => coreErrors.QL_BODY_BROKEN(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => coreErrors.QL_BODY_BROKEN(),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => coreErrors.QL_MEDIA_TYPE(),
}

const FULL = /SQLITE_FULL|database or disk is full|ENOSPC/

/** The coded form of anything thrown. What is not expected becomes QL_INTERNAL and tells nothing. */
export function asCoded(error: unknown): CodedError {
  if (error instanceof CodedError) return error
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
  const known = FASTIFY[String(code)]
  if (known) return known()
  const message = error instanceof Error ? error.message : String(error)
  if (FULL.test(`${String(code)} ${message}`)) return coreErrors.QL_STORAGE_FULL({ cause: error })
  if (error instanceof SyntaxError && 'statusCode' in error) return coreErrors.QL_BODY_BROKEN()
  if (isRefusedFile(error)) return coreErrors.QL_NOT_FOUND()
  return coreErrors.QL_INTERNAL({ cause: error })
}

/** Whoever sends built files refuses folders, impossible ranges and the like without a code. */
function isRefusedFile(error: unknown): boolean {
  if (!(error instanceof Error) || !('statusCode' in error) || 'code' in error) return false
  return Number(error.statusCode) >= 400 && Number(error.statusCode) < 500
}

export function problemOf(error: CodedError, locale: Locale, requestId: string): Problem {
  const { errors, members } = error.details
  const detail = error.text(locale)
  return {
    type: `urn:quark:error:${error.code}`,
    title: detail,
    status: error.entry.status,
    code: error.code,
    detail,
    requestId,
    ...(errors && { errors: toldProblems(errors, locale) }),
    ...members,
  }
}

export function toldProblems(errors: readonly FieldProblem[], locale: Locale): ToldProblem[] {
  return errors.map((problem) => ({
    path: problem.path,
    code: problem.code,
    detail: problem[locale],
  }))
}
