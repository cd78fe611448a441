import { readConfig } from '../config.ts'
import { buildStation, type Station } from '../core/station.ts'

/**
 * Opens the station without a port for one command and closes it whatever happens. Events are
 * written, not delivered: the running server, or the next start, delivers them.
 */
export async function withStation<R>(
  work: (station: Station) => Promise<R>,
  options: { readonly deliver?: boolean } = {},
): Promise<R> {
  const standard = readConfig()
  const config = { ...standard, log: { ...standard.log, level: 'error', file: false } } as const
  const station = await buildStation(config, {
    deliver: options.deliver ?? false,
    say: (line) => console.error(line),
  })
  try {
    return await work(station)
  } finally {
    await station.stop()
  }
}
