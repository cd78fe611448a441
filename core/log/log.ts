import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino, type StreamEntry } from 'pino'
import type { Config } from '../../config.ts'
import type { Log } from '../app.ts'

/** Never written, wherever they stand in a line. */
const REDACTED = [
  'password',
  'token',
  'cookie',
  'authorization',
  'secret',
  'accessToken',
  'refreshToken',
]
const MAX_FILE_BYTES = '10M'
const MAX_FILES = 5

/** A log that knows how to make children and how to finish. */
export interface StationLog extends Log {
  /** The same log with `fields` in every line. */
  child(fields: Record<string, unknown>): StationLog
  close(): Promise<void>
}

/**
 * The console (coloured for a terminal, JSON otherwise) and `<dataDir>/logs/quark.log`, rotated at
 * 10 MB, five files kept. A folder that cannot be written costs one warning, not the start.
 */
export async function openLog(config: Config): Promise<StationLog> {
  const level = config.log.level
  const streams: StreamEntry[] = [
    { level: streamLevel(level), stream: await consoleStream(config) },
  ]
  const file = config.log.file && level !== 'silent' ? await fileStream(config.dataDir) : undefined
  if (file?.stream) streams.push({ level: streamLevel(level), stream: file.stream })
  const paths = REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  const logger = pino(
    { level, base: null, redact: paths, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream(streams),
  )
  const log = over(logger, async () => file?.close())
  if (file?.problem)
    log.warn('The log folder cannot be written; logging to the console only', {
      problem: file.problem,
    })
  return log
}

function streamLevel(level: Config['log']['level']): 'debug' | 'info' | 'warn' | 'error' {
  return level === 'silent' ? 'error' : level
}

async function consoleStream(config: Config): Promise<NodeJS.WritableStream> {
  const pretty =
    config.log.format === 'pretty' || (config.log.format === 'auto' && process.stdout.isTTY)
  if (!pretty) return process.stdout
  const { default: pinoPretty } = await import('pino-pretty')
  return pinoPretty({ translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', sync: true })
}

interface LogFile {
  readonly stream?: NodeJS.WritableStream
  readonly problem?: string
  close(): Promise<void>
}

async function fileStream(dataDir: string): Promise<LogFile> {
  const path = join(dataDir, 'logs')
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const { createStream } = await import('rotating-file-stream')
    const stream = createStream('quark.log', {
      path,
      size: MAX_FILE_BYTES,
      maxFiles: MAX_FILES,
      mode: 0o600,
    })
    /* A full disk must not stop the station: the console still has the line. */
    stream.on('error', () => undefined)
    return { stream, close: () => new Promise((done) => stream.end(() => done())) }
  } catch (error) {
    return { problem: String(error), close: async () => undefined }
  }
}

function over(logger: pino.Logger, close: () => Promise<void>): StationLog {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    child: (fields) => over(logger.child(fields), close),
    close,
  }
}
