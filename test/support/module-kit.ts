import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { CloudEvent, Json } from '../../core/port/events.ts'
import { checkModule } from '../../core/module-loader/manifest/check-module.ts'
import type { Boundary } from '../../core/module-loader/in-process.ts'
import { buildTestStation, type TestStation } from './station.ts'

export { type TestStation } from './station.ts'

/** An event as another module would publish it. */
export interface SampleEvent {
  readonly type: string
  readonly subject: string
  readonly data: Json
}

/** A module alone on a station of its own. */
export interface DockedAlone extends TestStation {
  /** Publishes what another module would, and waits until every handler has ended. */
  happens(event: SampleEvent): Promise<void>
  /** Events the module has published, oldest first. */
  published(): readonly CloudEvent[]
  /** All its documents as `collection/id` → document. */
  documents(): Promise<Record<string, unknown>>
}

/** The same for every station, so that what two of them did can be compared. */
const STARTS_AT = new Date('2026-01-01T08:00:00Z')
const WORKSHOP = fileURLToPath(new URL('../../.cache/test-modules/', import.meta.url))

/** Copies a module into an otherwise empty `modules/` and starts a station around it. */
export async function dockAlone(dir: string, boundary: Boundary = 'json'): Promise<DockedAlone> {
  const id = basename(dir)
  await mkdir(WORKSHOP, { recursive: true })
  const modulesDir = await mkdtemp(join(WORKSHOP, 'station-'))
  await cp(dir, join(modulesDir, id), { recursive: true })
  const alone = await buildTestStation({
    dialect: 'sqlite',
    modulesDir,
    boundary,
    startsAt: STARTS_AT,
  })
  const { station } = alone
  return {
    ...alone,
    happens: async ({ type, subject, data }) => {
      await station.database.transaction((tx) =>
        station.bus.publish(tx, { type, subject, data, source: '/test' }),
      )
      await station.bus.settle()
    },
    published: () => alone.events.filter((event) => event.source === `/modules/${id}`),
    documents: () => documentsOf(station, id),
    [Symbol.asyncDispose]: async () => {
      await alone[Symbol.asyncDispose]()
      await rm(modulesDir, { recursive: true, force: true })
    },
  }
}

/**
 * What every module must hold, directly and across a JSON boundary: it binds what it declares,
 * runs, answers each sample event, leaves the same documents when an event is delivered twice, and
 * does the same on both sides.
 */
export function contractSuite(dir: string, samples: readonly SampleEvent[]): void {
  const id = basename(dir)
  test(`${id} binds exactly what it declares`, async () => {
    assert.deepEqual(await checkModule(dir), [])
  })

  for (const boundary of ['direct', 'json'] as const) {
    test(`${id} runs over the ${boundary} boundary and takes every sample event`, async () => {
      await using alone = await dockAlone(dir, boundary)
      assert.deepEqual(statesOf(alone), [`${id}: enabled`])
      for (const sample of samples) await alone.happens(sample)
      assert.deepEqual(await alone.station.bus.deadLetters.list(), [])
      assert.deepEqual(alone.warnings, [])
    })
  }

  test(`${id} leaves the same documents when events are delivered again`, async () => {
    await using alone = await dockAlone(dir)
    for (const sample of samples) await alone.happens(sample)
    const before = await alone.documents()
    for (const { type } of samples) await alone.station.bus.replay(`${id}/${type}`, 0)
    await alone.settle()
    assert.deepEqual(await alone.documents(), before)
  })

  test(`${id} does the same directly and across a JSON boundary`, async () => {
    assert.deepEqual(await traceOf(dir, 'direct', samples), await traceOf(dir, 'json', samples))
  })
}

async function traceOf(
  dir: string,
  boundary: Boundary,
  samples: readonly SampleEvent[],
): Promise<unknown> {
  await using alone = await dockAlone(dir, boundary)
  for (const sample of samples) await alone.happens(sample)
  const published = alone
    .published()
    .map(({ type, subject, data, hops }) => ({ type, subject, data, hops }))
  return { documents: await alone.documents(), published }
}

function statesOf({ station }: TestStation): string[] {
  return station.loader.modules.map(({ id, status, reason }) =>
    reason === undefined ? `${id}: ${status}` : `${id}: ${status} ${reason}`,
  )
}

async function documentsOf(
  station: TestStation['station'],
  module: string,
): Promise<Record<string, unknown>> {
  const rows = await station.database.reader.all(
    'select collection, id, document from module_documents where module = ? order by collection, id',
    [module],
  )
  return Object.fromEntries(
    rows.map((row) => [
      `${String(row['collection'])}/${String(row['id'])}`,
      JSON.parse(String(row['document'])),
    ]),
  )
}
