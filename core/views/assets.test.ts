import { strict as assert } from 'node:assert'
import {
  cpSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { buildAssets } from './assets.ts'

const REAL = fileURLToPath(new URL('../../', import.meta.url))

/** Builders asked for since the last look. */
const loaded: string[] = []
registerHooks({
  resolve(specifier, context, next) {
    if (/^(lightningcss|esbuild)$|assets-build/.test(specifier)) loaded.push(specifier)
    return next(specifier, context)
  },
})

function station(): { root: string; dir: string; [Symbol.dispose](): void } {
  const root = mkdtempSync(join(tmpdir(), 'assets-'))
  mkdirSync(join(root, 'static'))
  mkdirSync(join(root, 'modules/greeter/client'), { recursive: true })
  cpSync(join(REAL, 'static'), join(root, 'static'), { recursive: true })
  symlinkSync(join(REAL, 'node_modules'), join(root, 'node_modules'))
  writeFileSync(join(root, 'package.json'), '{}')
  writeFileSync(join(root, 'modules/greeter/words.ts'), 'export const word: string = "hello"')
  writeFileSync(
    join(root, 'modules/greeter/client/greet.ts'),
    'import { word } from "../words.ts"\ndocument.title = word',
  )
  return {
    root,
    dir: join(root, '.cache/assets'),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

test('everything a page loads is built under a hashed name, with compressed twins', async () => {
  using made = station()
  const assets = await buildAssets({ root: made.root })
  assert.match(assets.url('index.css'), /^\/assets\/index-[\w-]{10}\.css$/)
  assert.match(assets.url('greeter/greet.js'), /^\/assets\/greeter-greet-\w+\.js$/)
  for (const name of [
    'icons.svg',
    'favicon.svg',
    'inter-cyrillic-wght-normal.woff2',
    'lake-night.svg',
  ]) {
    assert.ok(assets.names().includes(name), name)
  }
  for (const name of assets.names()) {
    const file = join(assets.dir, assets.url(name).slice('/assets/'.length))
    const plain = readFileSync(file)
    if (name.endsWith('.woff2')) continue
    assert.ok(plain.equals(brotliDecompressSync(readFileSync(`${file}.br`))), name)
    assert.ok(plain.equals(gunzipSync(readFileSync(`${file}.gz`))), name)
  }
})

test('a program is one classic script, whatever it shares with others or asks for later', async () => {
  using made = station()
  const client = join(made.root, 'modules/greeter/client')
  writeFileSync(join(made.root, 'modules/greeter/later.ts'), 'document.title = "later"')
  writeFileSync(join(client, 'greet.ts'), 'import { word } from "../words.ts"\nshow(word)')
  writeFileSync(
    join(client, 'part.ts'),
    'import { word } from "../words.ts"\nshow(word)\nvoid import("../later.ts")',
  )
  const assets = await buildAssets({ root: made.root })
  const scripts = readdirSync(made.dir).filter((name) => name.endsWith('.js'))
  assert.equal(scripts.length, 2)
  for (const [name, title] of Object.entries({ greet: '', part: 'later' })) {
    const file = assets.url(`greeter/${name}.js`).slice('/assets/'.length)
    const shown: string[] = []
    const document = { title: '' }
    runInNewContext(readFileSync(join(made.dir, file), 'utf8'), {
      document,
      show: shown.push.bind(shown),
    })
    await Promise.resolve()
    assert.deepEqual(shown, ['hello'])
    assert.equal(document.title, title)
  }
})

test('a program that waits outside of functions is refused with its place', async () => {
  using made = station()
  writeFileSync(join(made.root, 'modules/greeter/client/greet.ts'), 'await Promise.resolve()')
  await assert.rejects(buildAssets({ root: made.root }), /greet\.ts:1:0.*await/s)
})

test('the style sheet points at files that exist and keeps modern CSS as it is written', async () => {
  using made = station()
  const assets = await buildAssets({ root: made.root })
  const css = readFileSync(
    join(assets.dir, assets.url('index.css').slice('/assets/'.length)),
    'utf8',
  )
  const urls = [...css.matchAll(/url\(["']?([^)"']+)["']?\)/g)].map(([, url = '']) => url)
  const files = new Set(readdirSync(assets.dir))
  assert.ok(urls.length > 10)
  for (const url of urls) assert.ok(url.startsWith('data:') || files.has(url), url)
  assert.match(css, /light-dark\(oklch\(/)
  const layers = [...css.matchAll(/@layer (\w+)\{/g)].map(([, name]) => name)
  assert.deepEqual(
    [...new Set(layers)],
    ['reset', 'tokens', 'base', 'components', 'modules', 'utilities'],
  )
})

test('the style sheet leaves room in the 50 KB of a reader’s page', async () => {
  using made = station()
  const assets = await buildAssets({ root: made.root })
  const file = join(assets.dir, assets.url('index.css').slice('/assets/'.length))
  assert.ok(readFileSync(`${file}.br`).byteLength < 22 * 1024)
})

test('a second start builds nothing and loads no builder', async () => {
  using made = station()
  const first = await buildAssets({ root: made.root })
  loaded.length = 0
  const second = await buildAssets({ root: made.root })
  assert.deepEqual(loaded, [])
  assert.equal(second.url('index.css'), first.url('index.css'))
})

test('a changed input is built again, also one that a client module only imports', async () => {
  using made = station()
  const before = await buildAssets({ root: made.root })
  loaded.length = 0
  writeFileSync(join(made.root, 'modules/greeter/words.ts'), 'export const word = "goodbye"')
  const after = await buildAssets({ root: made.root })
  assert.deepEqual(loaded.slice(0, 1), ['./assets-build.ts'])
  assert.notEqual(after.url('greeter/greet.js'), before.url('greeter/greet.js'))
  assert.equal(after.url('index.css'), before.url('index.css'))
})

test('a removed module takes its client with it', async () => {
  using made = station()
  await buildAssets({ root: made.root })
  rmSync(join(made.root, 'modules/greeter'), { recursive: true })
  assert.ok(!(await buildAssets({ root: made.root })).names().includes('greeter/greet.js'))
})

test('a faulty input is reported and the last good build stays', async () => {
  using made = station()
  const good = await buildAssets({ root: made.root })
  writeFileSync(join(made.root, 'modules/greeter/client/greet.ts'), 'const = 1')
  await assert.rejects(buildAssets({ root: made.root }), /greet\.ts/)
  assert.ok(readFileSync(join(made.dir, good.url('index.css').slice('/assets/'.length))))
  assert.deepEqual(readdirSync(join(made.root, '.cache')), ['assets'])
})

test('two starts at once both end with a whole build', async () => {
  using made = station()
  const [one, other] = await Promise.all([
    buildAssets({ root: made.root }),
    buildAssets({ root: made.root }),
  ])
  assert.deepEqual(one.names(), other.names())
  assert.ok(readFileSync(join(made.dir, 'manifest.json')))
})

test('an unknown name is refused by name', async () => {
  using made = station()
  const assets = await buildAssets({ root: made.root })
  assert.throws(() => assets.url('nothing.css'), /nothing\.css/)
})
