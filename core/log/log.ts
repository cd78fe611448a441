import { pino, type StreamEntry } from 'pino'
import type { Config } from '../../config.ts'
import type { Log } from '../app.ts'
import { LogFile } from './log-file.ts'

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

/** A log that knows how to make children and how to finish. */
export interface StationLog extends Log {
  /** A line for whoever sits at the console: what no file may keep, such as a link with a token. */
  atConsole(message: string, fields?: Record<string, unknown>): void
  /** The same log with `fields` in every line. */
  child(fields: Record<string, unknown>): StationLog
  /** Takes every line with one of these words out of the log files. @returns how many. */
  redact(words: readonly string[]): Promise<number>
  /** Takes every line older than `before` out of the log files. @returns how many. */
  trim(before: Date): Promise<number>
  close(): Promise<void>
}

/**
 * The console (coloured for a terminal, JSON otherwise) and `<dataDir>/logs/quark.log`, rotated at
 * 10 MB, five files kept. A folder that cannot be written costs one warning, not the start.
 */
export async function openLog(config: Config): Promise<StationLog> {
  const level = config.log.level
  const console = await consoleStream(config)
  const streams: StreamEntry[] = [{ level: streamLevel(level), stream: console }]
  const opened = await openFile(config)
  const file = opened instanceof LogFile ? opened : undefined
  if (file) streams.push({ level: streamLevel(level), stream: file })
  const paths = REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const logger = pino({ ...options, redact: paths }, pino.multistream(streams))
  const spoken = pino(options, console)
  const log = over(logger, {
    atConsole: (message, fields) => spoken.info(fields ?? {}, message),
    redact: async (words) => (file ? file.redact(words) : 0),
    trim: async (before) => (file ? file.trim(before) : 0),
    close: async () => file?.close(),
  })
  if (typeof opened === 'string')
    log.warn('The log folder cannot be written; logging to the console only', { problem: opened })
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

/** A folder that cannot be written costs one warning. */
async function openFile({
  dataDir,
  log: { level, file },
}: Config): Promise<LogFile | string | null> {
  if (!file || level === 'silent') return null
  try {
    return await LogFile.in(dataDir)
  } catch (error) {
    return String(error)
  }
}

function over(
  logger: pino.Logger,
  around: Pick<StationLog, 'atConsole' | 'redact' | 'trim' | 'close'>,
): StationLog {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    child: (fields) => over(logger.child(fields), around),
    ...around,
  }
}
