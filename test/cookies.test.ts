import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { needs } from './support/neighbour.ts'
import { sourceFiles } from './support/source-files.ts'
import { staff } from './support/staff.ts'
import { buildTestStation } from './support/station.ts'
import { type Answer, passwordOf } from './support/visitor.ts'

/** All that the station keeps in a browser by cookies, and for what nobody has to be asked. */
const NECESSARY: Readonly<Record<string, string>> = {
  'quark-access': 'the session',
  'quark-refresh': 'the session, once the access is over',
  'quark-device': 'signing in from here is not held up by those who guess elsewhere',
  'quark-step': 'the way from the password to the code',
  'quark-locale': 'the language that was chosen',
  'quark-theme': 'the theme that was chosen',
  'quark-flavour': 'the colour that was chosen',
  'quark-text': 'the size of text that was chosen',
  'quark-motion': 'that things shall keep still',
  'quark-consent-later': 'a question that was put off',
}

const ROOT = join(import.meta.dirname, '..')

/** Of those that are kept, not of those that are taken back. */
function namesIn({ headers }: Answer): readonly string[] {
  return [headers['set-cookie'] ?? []]
    .flat()
    .filter((line) => !/Max-Age=0|Expires=Thu, 01 Jan 1970/.test(String(line)))
    .map((line) => String(line).split('=')[0]?.replace('__Host-', '') ?? '')
}

suite('cookies', needs('user-management'), () => {
  test('are none but the necessary ones, whoever goes wherever, so nobody is asked', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const visitors = [t.stranger(), alice, await staff(t, 'olga', 'owner')]
    const seen = new Set<string>()
    const note = (answer: Answer): void => namesIn(answer).forEach((name) => void seen.add(name))
    const paths = t.station.router.routes
      .filter(({ method, path }) => method === 'GET' && path !== '/ws')
      .map(({ path }) => path.replaceAll(/:\w+/g, 'alice'))
    assert.ok(paths.length > 100, `${paths.length} places`)
    for (const path of paths) for (const visitor of visitors) note(await visitor.get(path))
    assert.deepEqual([...seen], [], 'looking at pages leaves a cookie')

    const password = passwordOf('alice')
    note(await t.stranger().submit('/auth/login', { login: 'alice', password }))
    for (const choice of [{ locale: 'ru' }, { theme: 'dark' }, { flavour: 'charm' }]) {
      note(await t.stranger().submit('/preferences', { ...choice, return: '/' }))
    }
    note(await alice.submit('/consent/later', { return: '/' }))
    note(await alice.submit('/auth/logout', {}))
    /* Nobody here has turned codes on. */
    const expected = Object.keys(NECESSARY).filter((name) => name !== 'quark-step')
    assert.deepEqual([...seen].toSorted(), expected.toSorted())
  })

  test('are set by no script', () => {
    const files = sourceFiles(ROOT, '{core,modules,templates,static}/**/*.{ts,tsx,js}')
    assert.ok(files.length > 500, `${files.length} files`)
    const setters = files.filter(
      ({ path, text }) =>
        !path.endsWith('.test.ts') && /document\s*\.\s*cookie|cookieStore/.test(text),
    )
    assert.deepEqual(
      setters.map(({ path }) => path),
      [],
    )
  })
})
