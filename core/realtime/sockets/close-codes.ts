/** Why a socket ends; clients decide by the code whether and when they come back. */
export const CLOSE = {
  /** Nothing was heard for too long. */
  timeout: 4000,
  restart: 4001,
  /** Do not come back with this session; drafts and unsent messages stay. */
  revoked: 4003,
  /** What was written was not read; the log stays. */
  slow: 4008,
  /** The same device has connected elsewhere. */
  replaced: 4009,
  /** No hello in time, which {@link LATE} says, a version nobody speaks, or what is no frame. */
  protocol: 4010,
  frameTooBig: 4013,
  flood: 4029,
  /** Something failed here. */
  failure: 1011,
} as const

/** With `protocol`: whoever comes again may be in time. Without it coming again is of no use. */
export const LATE = 'late'

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]
