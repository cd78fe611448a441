import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '../../ids.ts'
import { mediaErrors } from '../errors.ts'
import { HEAD_BYTES } from '../content/picture-type.ts'

const MIB = 1024 * 1024
/** No rendition has this name. */
const UPLOAD = 'upload'

/** An upload that has arrived whole and is not stored yet. */
export interface StagedFile {
  /** In a folder of its own, where whatever is made of it lies beside it. */
  readonly path: string
  /** What its type is told by. */
  readonly head: Uint8Array
  readonly bytes: number
  /** Hex */
  readonly sha256: string
  /** Removes the folder; every staged file is discarded by whoever received it. */
  discard(): Promise<void>
}

/** Refuses what begins with these bytes, or not. */
export type Judge = (head: Uint8Array) => Promise<unknown>

/** Uploads on their way: one folder each, gone when the upload ends in whichever way. */
export class Staging {
  readonly #dir: string

  constructor(dir: string) {
    this.#dir = dir
  }

  /**
   * Writes what arrives, counting it. The type is judged by the first bytes, so that nothing of a
   * foreign type is kept for longer than it takes to see that.
   *
   * @throws QL_MEDIA_TOO_LARGE with the first byte too many; QL_MEDIA_MISSING; whatever `judge` throws.
   */
  async receive(
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
    judge: Judge = async () => undefined,
  ): Promise<StagedFile> {
    const folder = join(this.#dir, newId())
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, UPLOAD)
    const discard = (): Promise<void> => rm(folder, { recursive: true, force: true })
    const file = await open(path, 'wx', 0o600)
    const hash = createHash('sha256')
    const head = new Head(judge)
    let bytes = 0
    try {
      for await (const chunk of source) {
        bytes += chunk.byteLength
        if (bytes > maxBytes)
          throw mediaErrors.QL_MEDIA_TOO_LARGE({ values: { max: maxBytes / MIB } })
        await head.add(chunk)
        hash.update(chunk)
        await file.write(chunk)
      }
      if (bytes === 0) throw mediaErrors.QL_MEDIA_MISSING()
      await head.judge()
    } catch (error) {
      await file.close()
      await discard()
      throw error
    }
    await file.close()
    return { path, head: head.bytes, bytes, sha256: hash.digest('hex'), discard }
  }

  /** Removes what a crash has left. @returns how many uploads. */
  async sweep(olderThan: Date): Promise<number> {
    const names = await readdir(this.#dir).catch(() => [])
    let removed = 0
    for (const name of names) {
      const path = join(this.#dir, name)
      const facts = await stat(path).catch(() => undefined)
      if (!facts || facts.mtime >= olderThan) continue
      await rm(path, { recursive: true, force: true })
      removed++
    }
    return removed
  }
}

/** The first bytes of an upload, judged once there are enough of them. */
class Head {
  bytes: Uint8Array = new Uint8Array()
  readonly #judge: Judge
  #isJudged = false

  constructor(judge: Judge) {
    this.#judge = judge
  }

  async add(chunk: Uint8Array): Promise<void> {
    if (this.#isJudged) return
    this.bytes = Buffer.concat([this.bytes, chunk])
    if (this.bytes.byteLength >= HEAD_BYTES) await this.judge()
  }

  async judge(): Promise<void> {
    if (this.#isJudged) return
    this.#isJudged = true
    await this.#judge(this.bytes)
  }
}
