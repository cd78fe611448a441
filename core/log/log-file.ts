import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RotatingFileStream } from 'rotating-file-stream'
import { redactLogs, trimLogs } from './log-redaction.ts'

const MAX_FILE_BYTES = '10M'
const MAX_FILES = 5

type Open = () => RotatingFileStream

/** `<dataDir>/logs/quark.log`, rotated at 10 MB, five files kept. */
export class LogFile {
  readonly #dir: string
  readonly #open: Open
  #stream: RotatingFileStream
  /** Lines that come while the files are being redacted. */
  #held: string[] | undefined

  /** @throws when the folder cannot be made. */
  static async in(dataDir: string): Promise<LogFile> {
    const dir = join(dataDir, 'logs')
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    const { createStream } = await import('rotating-file-stream')
    return new LogFile(dir, () => {
      const stream = createStream('quark.log', {
        path: dir,
        size: MAX_FILE_BYTES,
        maxFiles: MAX_FILES,
        mode: 0o600,
      })
      /* A full disk must not stop the station: the console still has the line. */
      stream.on('error', () => undefined)
      return stream
    })
  }

  constructor(dir: string, open: Open) {
    this.#dir = dir
    this.#open = open
    this.#stream = open()
  }

  write(line: string): void {
    if (this.#held) this.#held.push(line)
    else this.#stream.write(line)
  }

  /** See `StationLog.redact`. */
  redact(words: readonly string[]): Promise<number> {
    return this.#rewrite((dir) => redactLogs(dir, words))
  }

  /** See `StationLog.trim`. */
  trim(before: Date): Promise<number> {
    return this.#rewrite((dir) => trimLogs(dir, before))
  }

  async #rewrite(work: (dir: string) => Promise<number>): Promise<number> {
    if (this.#held) throw new Error('The log files are being rewritten already')
    this.#held = []
    try {
      await this.close()
      return await work(this.#dir)
    } finally {
      this.#stream = this.#open()
      const held = this.#held
      this.#held = undefined
      for (const line of held) this.write(line)
    }
  }

  close(): Promise<void> {
    return new Promise((done) => this.#stream.end(() => done()))
  }
}
