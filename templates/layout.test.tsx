import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { documentOf } from './layout.tsx'
import type { LayoutProps } from './layout-props.ts'

const BASE: LayoutProps = {
  t: (key) => key,
  locale: 'ru',
  shell: 'site',
  theme: 'system',
  flavour: 'up',
  textSize: 'usual',
  motion: 'system',
  stationName: 'Онего',
  nav: [{ href: '/write', icon: 'square-pen', label: 'Написать', active: true }],
  main: '<h1>Внутри</h1>',
  assets: { css: '/assets/index.css', favicon: '/assets/favicon.svg' },
  path: '/somewhere?a=1&b=2',
}
const VIEWER = { username: 'anna', displayName: 'Анна <b>Вересова</b>' }

test('a document says its language, colour and, when chosen, its theme', () => {
  const open = (props: Partial<LayoutProps>): string | undefined =>
    /<html[^>]*>/.exec(documentOf({ ...BASE, ...props }))?.[0]
  assert.equal(open({}), '<html lang="ru" data-flavour="up">')
  assert.equal(
    open({ locale: 'en', theme: 'dark', flavour: 'charm' }),
    '<html lang="en" data-flavour="charm" data-theme="dark">',
  )
  assert.equal(
    open({ textSize: 'larger', motion: 'less' }),
    '<html lang="ru" data-flavour="up" data-text="larger" data-motion="less">',
  )
  assert.ok(documentOf(BASE).startsWith('<!doctype html><html'))
})

test('the page is put in as it is, and everything else is escaped', () => {
  const shown = documentOf({
    ...BASE,
    stationName: '<i>Онего</i>',
    title: '</title><script>1</script>',
    description: '"><script>1</script>',
    viewer: VIEWER,
  })
  assert.match(shown, /<main[^>]*><h1>Внутри<\/h1><\/main>/)
  assert.doesNotMatch(shown, /<script|<i>|<b>/)
})

test('linked data cannot end its own element', () => {
  const shown = documentOf({ ...BASE, jsonLd: { headline: '</script><script>alert(1)</script>' } })
  assert.equal(shown.split('</script>').length, 2)
  const data = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(shown)?.[1] ?? ''
  assert.deepEqual(JSON.parse(data), { headline: '</script><script>alert(1)</script>' })
})

test('nothing in any shell needs a script or an inline style', () => {
  for (const shell of ['site', 'focus', 'bare'] as const) {
    for (const viewer of [undefined, VIEWER]) {
      const shown = documentOf({ ...BASE, shell, viewer })
      assert.doesNotMatch(shown, /<script|\sstyle=|<style|\son[a-z]+=|javascript:/)
    }
  }
})

test('fonts of the first words are asked for as the style will ask for them', () => {
  const assets = { ...BASE.assets, fonts: ['/assets/inter.woff2'] }
  assert.match(
    documentOf({ ...BASE, assets }),
    /<link rel="preload" as="font" type="font\/woff2" crossorigin="anonymous" href="\/assets\/inter\.woff2"\/>/,
  )
})

test('scripts that a page asks for wait for the document', () => {
  const assets = { ...BASE.assets, scripts: ['/assets/write.js'] }
  assert.match(
    documentOf({ ...BASE, assets }),
    /<script defer src="\/assets\/write\.js"><\/script>/,
  )
})

test('what is left for later is named, and the script that loads it then is no lesser one', () => {
  const assets = {
    ...BASE.assets,
    scripts: ['/assets/chats.js'],
    later: ['/assets/bell.js'],
  }
  const html = documentOf({ ...BASE, assets })
  assert.match(html, /<script defer src="\/assets\/chats\.js" fetchpriority="high"><\/script>/)
  assert.match(html, /<meta name="later" content="\/assets\/bell\.js"\/>/)
})

test('a stranger gets the bar, a resident the rail and the tabs', () => {
  const stranger = documentOf(BASE)
  assert.match(stranger, /href="\/auth\/login"/)
  assert.match(stranger, /href="\/auth\/register"/)
  assert.doesNotMatch(stranger, /class="rail"|class="tabs"|action="\/auth\/logout"/)
  const resident = documentOf({ ...BASE, viewer: VIEWER })
  assert.match(resident, /class="rail"/)
  assert.match(resident, /class="tabs"/)
  assert.match(resident, /<form method="post" action="\/auth\/logout">/)
  assert.doesNotMatch(resident, /href="\/auth\/login"/)
})

test('strangers on two pages see each its own path and text in the same frame', () => {
  const [first = '', second = ''] = ['1', '2'].map((n) =>
    documentOf({ ...BASE, path: `/page?n="${n}"`, main: `<p>$& ${n}</p>` }),
  )
  assert.ok(first.includes('value="/page?n=&quot;1&quot;"'))
  assert.ok(second.includes('value="/page?n=&quot;2&quot;"'))
  assert.ok(second.includes('<p>$& 2</p></main>'))
  assert.equal(first.replaceAll('1', '2'), second.replaceAll('1', '2'))
  const english = documentOf({ ...BASE, t: (key) => `en ${key}`, locale: 'en' })
  assert.match(english, /en shell\.signIn/)
})

test('closed registration is not offered', () => {
  assert.doesNotMatch(documentOf({ ...BASE, registration: 'closed' }), /auth\/register/)
})

test('a preference switch is a form that comes back to the page', () => {
  const shown = documentOf(BASE)
  assert.match(shown, /<form method="post" action="\/preferences">/)
  assert.match(shown, /name="return" value="\/somewhere\?a=1&amp;b=2"/)
  assert.match(shown, /name="locale" value="en"/)
  assert.match(shown, /name="theme" value="dark"/)
})

test('the place one is at is marked for those who cannot see it', () => {
  assert.match(documentOf(BASE), /<a href="\/write" aria-current="page">/)
})

test('an address, feeds and a picture for sharing are announced when known', () => {
  const shown = documentOf({
    ...BASE,
    canonical: 'https://onego.example/post',
    ogImage: 'https://onego.example/cover.jpg',
    feeds: [{ href: '/feed.xml', title: 'Анна', type: 'application/rss+xml' }],
    noindex: true,
  })
  assert.match(shown, /<link rel="canonical" href="https:\/\/onego\.example\/post"/)
  assert.match(shown, /property="og:image" content="https:\/\/onego\.example\/cover\.jpg"/)
  assert.match(shown, /<link rel="alternate" type="application\/rss\+xml" title="Анна"/)
  assert.match(shown, /<meta name="robots" content="noindex"/)
  assert.doesNotMatch(documentOf(BASE), /canonical|og:image|robots/)
})
