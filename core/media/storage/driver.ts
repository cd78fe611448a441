import type { Readable } from 'node:stream'

/** Both ends are counted from 0 and belong to the range. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface NewObject {
  readonly key: string
  readonly path: string
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
   * Takes files of this machine, which are gone from their paths afterwards. Answers when their
   * bytes survive a power cut; when it fails, some of them may have been taken.
   */
  put(files: readonly NewObject[]): Promise<void>
  /** @throws when there is nothing under the key. */
  get(key: string, range?: ByteRange): Promise<Readable>
  /** Deleting what is not there is no failure. */
  delete(key: string): Promise<void>
  list(prefix: string): AsyncIterable<StoredObject>
}
