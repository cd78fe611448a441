import type { Readable } from 'node:stream'

/** Both ends are counted from 0 and belong to the range. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface StoredObject {
  readonly key: string
  readonly bytes: number
  readonly modifiedAt: Date
}

/**
 * Where bytes lie, in the shape of S3. Keys are made by the station: `ab/<id>/w960`. A key is
 * written once and never changed.
 */
export interface MediaDriver {
  /**
   * Takes a file of this machine, which is gone from `path` afterwards. Answers when its bytes
   * survive a power cut.
   */
  put(key: string, path: string): Promise<void>
  /** @throws when there is nothing under the key. */
  get(key: string, range?: ByteRange): Promise<Readable>
  /** Deleting what is not there is no failure. */
  delete(key: string): Promise<void>
  list(prefix: string): AsyncIterable<StoredObject>
}
