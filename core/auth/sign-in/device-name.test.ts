import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceNameOf } from './device-name.ts'

const MOZILLA = 'Mozilla/5.0'
const KNOWN: readonly (readonly [string, string, string, string])[] = [
  [
    `${MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`,
    'Firefox',
    'Linux',
    'desktop',
  ],
  [
    `${MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36`,
    'Chrome',
    'Windows',
    'desktop',
  ],
  [
    `${MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0`,
    'Edge',
    'Windows',
    'desktop',
  ],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15`,
    'Safari',
    'macOS',
    'desktop',
  ],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1`,
    'Safari',
    'iOS',
    'phone',
  ],
  [
    `${MOZILLA} (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36`,
    'Chrome',
    'Android',
    'phone',
  ],
  [
    `${MOZILLA} (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Safari/537.36`,
    'Samsung Internet',
    'Android',
    'tablet',
  ],
  [
    `${MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 YaBrowser/25.10.0.0 Safari/537.36`,
    'Yandex Browser',
    'Windows',
    'desktop',
  ],
  ['curl/8.14.1', 'curl', '', 'program'],
  ['', '', '', 'program'],
]

test('browsers and systems are named in words people know', () => {
  for (const [userAgent, browser, system, kind] of KNOWN) {
    assert.deepEqual(deviceNameOf(userAgent), { browser, system, kind }, userAgent)
  }
})

test('what a stranger writes there is cut short and holds no markup', () => {
  const { browser } = deviceNameOf(`x${'y'.repeat(500)}<script>`)
  assert.ok(browser.length <= 42)
  assert.equal(deviceNameOf('<b>hello</b>').browser, '')
})
