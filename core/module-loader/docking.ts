import { join } from 'node:path'
import type { CloudEvent } from '../port/events.ts'
import type { ModuleRequest } from '../port/requests.ts'
import { type DockedRoute, type ModuleRouter, servedPath } from '../http/routes/module-router.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { ModuleSettings } from '../settings/module-settings.ts'
import type { Notifications } from '../notifications/index.ts'
import type { Kinds } from '../notifications/kinds.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import type { RealtimeHub } from '../realtime/hub/hub.ts'
import type { PresenceChange, Realtime } from '../realtime/index.ts'
import type { FollowedTopic } from '../realtime/sockets/topics.ts'
import type { PagePart, SlotContext } from '../views/page.ts'
import { methodRoute } from './docked-methods.ts'
import type { Port } from './port/docking-port.ts'
import type { HostServices, ModuleHost } from './host/host.ts'
import type { Manifest } from './manifest/manifest.ts'
import { dockPersonalData } from './port/personal-data.ts'

/** What a module is bound to when it docks. */
export interface DockingPlaces extends HostServices {
  readonly router: ModuleRouter
  readonly catalogue: Catalogue
  readonly scheduler: Scheduler
  readonly moduleSettings: ModuleSettings
  readonly notifications: Notifications & { readonly kinds: Kinds }
  readonly personalData: PersonalData
  readonly realtime: Realtime & Pick<RealtimeHub, 'presence' | 'topics'>
}

/** Undoes one binding. */
export type Release = () => void | Promise<void>

/**
 * Connects what a module has bound to the station. A failure half-way releases what was connected
 * before it, so that a module is docked wholly or not at all.
 */
export async function dock(
  manifest: Manifest,
  dir: string,
  port: Port,
  host: ModuleHost,
  places: DockingPlaces,
): Promise<Release> {
  const releases: Release[] = []
  const releaseAll: Release = async () => {
    for (const release of releases.splice(0).toReversed()) await release()
  }
  try {
    places.catalogue.addFolder(join(dir, 'locales'))
    for (const { type, schema } of port.bindings.events) {
      const version = manifest.events.publishes[type]?.version ?? 1
      releases.push(places.schemas.define(type, manifest.id, schema, version))
    }
    dockKinds(manifest, places, releases)
    dockCalls(manifest, port, places, releases)
    dockSlots(manifest, port, places, releases)
    dockRoutes(manifest, port, places, releases)
    dockLive(manifest, port, places, releases)
    releases.push(dockPersonalData(manifest.id, port, places.personalData))
    for (const [index, { id, cron }] of port.bindings.jobs.entries()) {
      const run = async (): Promise<void> => void (await port.invoke('jobs', index, undefined))
      releases.push(await places.scheduler.add(`${manifest.id}/${id}`, cron, run))
    }
    await dockSubscriptions(manifest, port, host, { places, releases })
    return releaseAll
  } catch (error) {
    await releaseAll()
    throw error
  }
}

function dockKinds(manifest: Manifest, places: DockingPlaces, releases: Release[]): void {
  for (const [name, kind] of Object.entries(manifest.notifications ?? {})) {
    const id = `${manifest.id}.${name}`
    releases.push(places.notifications.kinds.add({ group: 'me', icon: 'bell', ...kind, id }))
  }
}

function dockCalls(
  manifest: Manifest,
  port: Port,
  places: DockingPlaces,
  releases: Release[],
): void {
  for (const [index, { name, ...schemas }] of port.bindings.provides.entries()) {
    const answer = (value: unknown): Promise<unknown> => port.invoke('provides', index, value)
    releases.push(places.calls.provide(name, { owner: manifest.id, ...schemas, answer }))
  }
}

function dockSlots(
  manifest: Manifest,
  port: Port,
  places: DockingPlaces,
  releases: Release[],
): void {
  for (const [index, { name }] of port.bindings.slots.entries()) {
    const fill = async (context: SlotContext): Promise<PagePart | null> =>
      (await port.invoke('slots', index, context)) as PagePart | null
    const filler = { module: manifest.id, mayUseHtml: manifest.level === 'core', fill }
    releases.push(places.slots.add(name, filler))
  }
}

function dockRoutes(
  manifest: Manifest,
  port: Port,
  places: DockingPlaces,
  releases: Release[],
): void {
  const isCore = manifest.level === 'core'
  const routes = (['routes', 'pages'] as const).flatMap((kind) =>
    port.bindings[kind].map(({ method, path, options }, index): DockedRoute => {
      const served = kind === 'routes' ? 'route' : 'page'
      return {
        module: manifest.id,
        kind: served,
        method,
        path: servedPath(manifest.id, served, path),
        policy: options.policy,
        options,
        isCore,
        invoke: (request: ModuleRequest) => port.invoke(kind, index, request),
      }
    }),
  )
  const methods = port.bindings.methods.map((binding, index) =>
    methodRoute(manifest.id, binding, (request) => port.invoke('methods', index, request)),
  )
  places.router.set(manifest.id, [...routes, ...methods])
  releases.push(() => places.router.remove(manifest.id))
}

/** What a module hears of sockets, and what it tells to all who follow something. */
function dockLive(
  manifest: Manifest,
  port: Port,
  { realtime, calls, log }: DockingPlaces,
  releases: Release[],
): void {
  for (const index of port.bindings.presence.keys()) {
    const hear = (change: PresenceChange): void => {
      port.invoke('presence', index, change).catch((error: unknown) => {
        log.error('A module failed to hear who is here', {
          module: manifest.id,
          error: String(error),
        })
      })
    }
    releases.push(realtime.presence.onChange(hear))
  }
  for (const { by, at } of port.bindings.topics) {
    if (!Object.hasOwn(manifest.calls.provides, by)) {
      throw new Error(`${at}: ${manifest.id} does not provide the call ${by}`)
    }
    const source = async (userId: string, held: object): Promise<FollowedTopic[]> =>
      (await calls.call(by, { userId, held })) as FollowedTopic[]
    releases.push(realtime.topics.addSource(source))
  }
}

async function dockSubscriptions(
  manifest: Manifest,
  port: Port,
  host: ModuleHost,
  { places, releases }: { places: DockingPlaces; releases: Release[] },
): Promise<void> {
  for (const [index, { type, options }] of port.bindings.subscriptions.entries()) {
    const consumer = await places.bus.consume(
      {
        name: `${manifest.id}/${type}`,
        module: manifest.id,
        type,
        from: options.from ?? 'new',
      },
      (event: CloudEvent) =>
        host.deliver(event, (delivery) => port.invoke('subscriptions', index, event, delivery)),
    )
    releases.push(() => consumer.stop())
  }
}
