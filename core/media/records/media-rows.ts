import type { Made } from '../uploads/making.ts'
import type { RenditionFile } from '../rendering/rendition-file.ts'
import { keyOf } from '../storage/keys.ts'
import type { Arrived, Audience } from '../uploads/upload.ts'

/** What the database keeps of an upload. `now` is ISO 8601, UTC. */
export function mediaRow(
  id: string,
  fingerprint: string,
  arrived: Arrived,
  made: Made,
  now: string,
) {
  return {
    id,
    owner_id: arrived.ownerId,
    fingerprint,
    purpose: arrived.purpose,
    ...audienceColumns(arrived.audience),
    ...madeColumns(made),
    name: made.kind === 'picture' ? null : (arrived.name ?? null),
    bytes: arrived.staged.bytes,
    alt: arrived.alt,
    created_at: now,
    unused_since: arrived.isKept ? null : now,
  }
}

function madeColumns({ kind, width, height, thumbhash, isAnimated, durationMs, waveform }: Made) {
  return {
    kind,
    width,
    height,
    thumbhash,
    animated: isAnimated ? (1 as const) : (0 as const),
    duration_ms: durationMs,
    waveform: waveform && JSON.stringify(waveform),
  }
}

export function variantRow(id: string, { name, type, width, height, bytes }: RenditionFile) {
  const file = keyOf(id, name)
  return { media_id: id, name, file, type, width, height, bytes }
}

function audienceColumns(audience: Audience) {
  return typeof audience === 'string'
    ? { visibility: audience, guard: null }
    : { visibility: 'guarded' as const, guard: audience.by }
}
