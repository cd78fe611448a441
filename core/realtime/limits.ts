import { MAX_UPLOAD_BYTES } from '../media/uploads/upload.ts'

/** Numbers of `ql.rt/1`; `welcome` tells clients those they need. */
export const LIMITS = {
  /** Bytes of one frame from a client. */
  frame: 64 * 1024,
  /** Bytes of one file sent over HTTP. */
  upload: MAX_UPLOAD_BYTES,
  /** Updates on the way that the client has not acknowledged. */
  win: 256,
} as const

export const HEARTBEAT_MS = 25_000
/** Silence after which nobody is there any more. */
export const SILENCE_MS = 3 * HEARTBEAT_MS
export const HELLO_MS = 5_000
export const SOCKETS_PER_USER = 10
/** Who is further behind starts afresh. */
export const MAX_BEHIND = 5_000
/** Bytes on the way from which on what is ephemeral is left out. */
export const CROWDED_BYTES = 64 * 1024
/** Bytes on the way from which on updates wait in the log. */
export const FULL_BYTES = 1024 * 1024
/** How long a full socket may take to empty. */
export const DRAIN_MS = 30_000
