import { flushCompileCache } from 'node:module'
import { readConfig } from '../../config.ts'
import { buildStation, type Station } from '../station.ts'
import { startFailure } from './start-failure.ts'

/** Longest time from the first signal to the end of the process. */
const EXIT_AFTER_MS = 15_000

const TIDY_AFTER_MS = 1_000

/** Where the operator reads. */
export interface Voice {
  say(text: string): void
  complain(text: string): void
}

/** Starts the server, says where it is, and stops it on SIGTERM or SIGINT. */
export async function runStation(environment: NodeJS.ProcessEnv, out: Voice): Promise<void> {
  let station: Station
  let address: string
  try {
    const config = readConfig(environment)
    station = await buildStation(config)
    address = await listening(station)
  } catch (error) {
    out.complain(startFailure(error))
    process.exit(1)
  }
  await announce(station, address, out)
  stopOnSignal(station, out)
  /* Node keeps what it has compiled at its end, which a killed process never reaches. */
  flushCompileCache()
  setTimeout(tidy, TIDY_AFTER_MS).unref()
}

/** Gives back what only starting needed, where Node was started with `--expose-gc`. */
function tidy(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}

async function listening(station: Station): Promise<string> {
  try {
    return await station.listen()
  } catch (error) {
    await station.stop()
    throw error
  }
}

async function announce(station: Station, address: string, out: Voice): Promise<void> {
  const shown = station.config.server.publicUrl ?? address
  out.say(`\n  ${station.config.station.name}\n  ${shown}\n`)
  if (await station.auth.hasOwner()) return
  const link = `${shown}/setup?token=${station.auth.setupToken}`
  out.say(
    `  There is no owner yet. Open this link once to become one:\n  Владельца ещё нет. Откройте эту ссылку один раз, чтобы им стать:\n  ${link}\n`,
  )
}

function stopOnSignal(station: Station, out: Voice): void {
  let isStopping = false
  const stop = (): void => {
    if (isStopping) process.exit(1)
    isStopping = true
    setTimeout(() => process.exit(1), EXIT_AFTER_MS).unref()
    station.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        out.complain(String(error))
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  const crash = (error: unknown): void => {
    station.log.error('An error nobody caught; the station stops', { error: String(error) })
    process.exitCode = 1
    stop()
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}
