import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Config } from '../../../config.ts'
import type { ModuleResponse } from '../../app.ts'
import type { DockedRoute } from '../../http/module-router.ts'
import type { Assets } from '../../views/assets.ts'

/** What makes the station an app of the browser: the program that is woken, and its card. */
export function appFiles(assets: Assets, station: Config['station']): readonly DockedRoute[] {
  return [
    publicFile('/sw.js', 'The service worker: push, and nothing else', async () => {
      const file = basename(assets.url('notifications/service-worker.js'))
      return scriptAnswer(await readFile(join(assets.dir, file), 'utf8'))
    }),
    publicFile('/app.webmanifest', 'The card of the app', async () => ({
      headers: { 'content-type': 'application/manifest+json', 'cache-control': 'no-cache' },
      body: cardOf(assets, station),
    })),
  ]
}

function cardOf(assets: Assets, { name }: Config['station']): string {
  const icon = { src: assets.url('favicon.svg'), sizes: 'any', type: 'image/svg+xml' }
  return JSON.stringify({
    name,
    short_name: name,
    id: '/',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    icons: [{ ...icon, purpose: 'any' }],
  })
}

/** Its policy is the worker's own: it may ask this station, and nobody else. */
function scriptAnswer(body: string): ModuleResponse {
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'none'; connect-src 'self'",
  }
  return { headers, body }
}

function publicFile(
  path: string,
  summary: string,
  invoke: () => Promise<ModuleResponse>,
): DockedRoute {
  return {
    module: 'core',
    kind: 'route',
    method: 'GET',
    path,
    policy: 'public',
    options: { policy: 'public', summary },
    isCore: true,
    invoke,
  }
}
