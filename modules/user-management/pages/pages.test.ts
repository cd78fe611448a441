import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import { passwordOf } from '../../../test/support/visitor.ts'

const alicesForm = {
  displayName: 'Алиса',
  username: 'alice',
  email: 'alice@example.org',
  password: passwordOf('alice'),
  consent: 'true',
}

const settings = {
  displayName: 'Алиса Мюллер',
  bio: 'Пишу о поездах.\r\nИ о письмах.',
  locale: 'ru',
  theme: 'dark',
  flavour: 'charm',
  timeZone: 'Asia/Yekaterinburg',
}

const ru = { headers: { 'accept-language': 'ru' } }

for (const dialect of DIALECTS) {
  describe(`pages of people on ${dialect}`, () => {
    test('someone registers by the form and arrives at their own page', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = t.stranger()
      const form = await alice.get('/auth/register', ru)
      assert.equal(form.status, 200)
      assert.match(form.text, /Своя страница/)
      const answer = await alice.submit('/auth/register', alicesForm)
      assert.equal(answer.status, 303)
      assert.equal(answer.headers['location'], '/user/alice')
      const page = await alice.get('/user/alice')
      assert.match(page.text, /<h1>Алиса<\/h1>/)
      assert.match(page.text, /href="\/settings"/)
      assert.equal((await alice.get('/auth/register')).headers['location'], '/user/alice')
    })

    test('somebody’s hours are those of their browser, where it names a place that is known', async () => {
      await using t = await buildTestStation({ dialect })
      const zones = [
        ['Asia/Kolkata', /^Asia\/(?:Kolkata|Calcutta)$/],
        ['Mars/Olympus', /^UTC$/],
        ['', /^UTC$/],
      ] as const
      for (const [index, [timeZone, kept]] of zones.entries()) {
        const username = `alice-${index}`
        const alice = t.stranger()
        const form = { ...alicesForm, username, email: `${username}@example.org`, timeZone }
        assert.equal((await alice.submit('/auth/register', form)).status, 303)
        assert.match(String((await alice.get('/api/v1/me')).json()['timeZone']), kept, timeZone)
      }
      const program = { ...alicesForm, username: 'bob', email: 'bob@example.org', consent: true }
      const register = (timeZone: string) =>
        t.stranger().post('/api/v1/auth/register', { ...program, timeZone })
      const refused = await register('Mars/Olympus')
      assert.deepEqual(
        [refused.status, refused.json()['code']],
        [422, 'QL_USERS_TIME_ZONE_UNKNOWN'],
      )
      const { user } = (await register('Asia/Tokyo')).json<{ user: { timeZone: string } }>()
      assert.equal(user.timeZone, 'Asia/Tokyo')
    })

    test('consent stands alone in its box, and rules under the button', async () => {
      await using t = await buildTestStation({ dialect })
      const { text } = await t.stranger().get('/auth/register')
      const box = text.slice(text.indexOf('class="consent"'), text.indexOf('type="submit"'))
      assert.match(box, /\/legal\/consent/)
      assert.doesNotMatch(box, /\/legal\/(?:terms|privacy)/)
      assert.doesNotMatch(box, /checked/)
      const after = text.slice(text.indexOf('type="submit"'))
      assert.match(after, /\/legal\/terms/)
      assert.match(after, /\/legal\/privacy/)
    })

    test('a refused form keeps all that was typed but the password', async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const password = 'never sent back <to> me'
      const { consent: _consent, ...unticked } = alicesForm
      const answer = await t.stranger().submit('/auth/register', { ...unticked, password })
      assert.equal(answer.status, 422)
      assert.match(answer.text, /value="Алиса"/)
      assert.match(answer.text, /value="alice@example.org"/)
      assert.doesNotMatch(answer.text, /never sent back/)
      assert.equal(answer.headers['set-cookie'], undefined)
      for (const field of ['username', 'email', 'consent']) {
        assert.match(
          answer.text,
          new RegExp(`id="field-${field}-error"|id="${field}-error"`),
          field,
        )
      }
    })

    test('a free name offered in place of a taken one is taken by one press', async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const second = { ...alicesForm, email: 'other@example.org' }
      const refused = await t.stranger().submit('/auth/register', second)
      assert.equal(refused.status, 409)
      const offered = [...refused.text.matchAll(/name="suggestion" value="([^"]+)"/g)]
      assert.equal(offered.length, 2)
      const suggestion = offered[0]?.[1] ?? ''
      const pressed = await t.stranger().submit('/auth/register', { ...second, suggestion })
      assert.equal(pressed.headers['location'], `/user/${suggestion}`)
    })

    test('signing in leads back to where the way was barred, never to another site', async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const barred = await t.stranger().get('/settings')
      assert.equal(barred.headers['location'], '/auth/login?return=%2Fsettings')
      const login = { login: 'alice', password: passwordOf('alice') }
      const places: [string, string][] = [
        ['/settings', '/settings'],
        ['/user/alice?part=1', '/user/alice?part=1'],
        ['//evil.example', '/'],
        ['/\\evil.example', '/'],
        ['/ok\\..\\evil', '/'],
        ['/a\tb', '/'],
        ['https://evil.example', '/'],
        ['javascript:alert(1)', '/'],
        ['', '/'],
      ]
      for (const [asked, led] of places) {
        const answer = await t.stranger().submit('/auth/login', { ...login, return: asked })
        assert.equal(answer.status, 303, asked)
        assert.equal(answer.headers['location'], led, asked)
      }
    })

    test('a new account leads to where its person was going, never to another site', async () => {
      await using t = await buildTestStation({ dialect })
      const login = await t.stranger().get('/auth/login?return=%2Fsettings%3Fpart')
      assert.match(login.text, /href="\/auth\/register\?return=%2Fsettings%3Fpart"/)
      const page = await t.stranger().get('/auth/register?return=%2Fsettings%3Fpart')
      assert.match(page.text, /href="\/auth\/login\?return=%2Fsettings%3Fpart"/)
      assert.match(page.text, /name="return" value="\/settings\?part"/)
      const foreign = await t.stranger().get('/auth/register?return=%2F%2Fevil.example')
      assert.doesNotMatch(foreign.text, /value="\/\/evil|href="\/auth\/login\?return/)
      const alice = t.stranger()
      const wrong = { ...alicesForm, password: 'short', return: '/settings?part' }
      const refused = await alice.submit('/auth/register', wrong)
      assert.match(refused.text, /name="return" value="\/settings\?part"/)
      const made = await alice.submit('/auth/register', { ...alicesForm, return: '/settings?part' })
      assert.equal(made.headers['location'], '/settings?part', made.text)
      const again = await alice.get('/auth/register?return=%2Fsettings')
      assert.equal(again.headers['location'], '/settings')
      const bob = { ...alicesForm, username: 'bob', email: 'bob@example.org' }
      const led = await t.stranger().submit('/auth/register', { ...bob, return: '//evil.example' })
      assert.equal(led.headers['location'], '/user/bob')
    })

    test('a refused sign-in keeps the name and the way back', async () => {
      await using t = await buildTestStation({ dialect })
      const typed = { login: 'ali"ce', password: 'never sent back', return: '/settings' }
      const answer = await t.stranger().submit('/auth/login', typed)
      assert.equal(answer.status, 401)
      assert.match(answer.text, /value="ali&quot;ce"/)
      assert.match(answer.text, /name="return" value="\/settings"/)
      assert.doesNotMatch(answer.text, /never sent back/)
    })

    test('saved settings change the page, the browser and what others are told', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const stranger = t.stranger()
      assert.match((await stranger.get('/user/alice')).text, /<h1>alice<\/h1>/)
      const answer = await alice.submit('/settings', settings)
      assert.equal(answer.headers['location'], '/settings?saved', answer.text)
      assert.equal(alice.cookies.get('quark-theme'), 'dark')
      const page = await alice.get('/settings?saved')
      assert.match(page.text, /Сохранено в \d/)
      assert.match(page.text, /value="Алиса Мюллер"/)
      assert.match(page.text, /value="Asia\/Yekaterinburg" selected/)
      assert.match((await stranger.get('/user/alice')).text, /<h1>Алиса Мюллер<\/h1>/)
      assert.deepEqual(
        t.events.map(({ type, data }) => [type, (data as { bio: string }).bio]),
        [
          ['user.created', ''],
          ['user.updated', 'Пишу о поездах.\nИ о письмах.'],
        ],
      )
      await alice.submit('/settings', settings)
      assert.equal(t.events.length, 2)
    })

    test('a size of text and less motion go with a person, and a stranger brings theirs', async () => {
      await using t = await buildTestStation({ dialect })
      const stranger = t.stranger()
      await stranger.submit('/preferences', { textSize: 'large', motion: 'less', return: '/' })
      assert.match((await stranger.get('/')).text, /data-text="large" data-motion="less"/)
      await stranger.submit('/preferences', { textSize: 'huge', motion: 'more', return: '/' })
      assert.match((await stranger.get('/')).text, /data-text="large" data-motion="less"/)
      await stranger.submit('/auth/register', { ...alicesForm })
      const me = async (): Promise<unknown> => {
        const { textSize, motion } = (await stranger.get('/api/v1/me')).json()
        return [textSize, motion]
      }
      assert.deepEqual(await me(), ['large', 'less'])
      for (const place of ['-1', '1.5', '9', 'large']) {
        await stranger.submit('/settings', { card: 'theme', textSize: place, motion: 'more' })
      }
      assert.deepEqual(await me(), ['large', 'less'])
      await stranger.submit('/settings', { card: 'theme', textSize: '4', motion: 'system' })
      assert.deepEqual(await me(), ['largest', 'system'])

      const elsewhere = t.stranger()
      const { username: login, password } = alicesForm
      await elsewhere.submit('/auth/login', { login, password })
      for (const path of ['/', '/chats', '/settings', '/nowhere']) {
        const { text } = await elsewhere.get(path)
        assert.match(text, /<html[^>]* data-text="largest">/, path)
      }
      const wrong = await elsewhere.patch('/api/v1/me', { textSize: 'huge' })
      assert.equal(wrong.status, 422)
    })

    test('a refused card keeps what was typed and changes nothing', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bio = 'щ'.repeat(301)
      const profile = { card: 'profile', displayName: ' ', bio }
      const refused = await alice.submit('/settings', profile)
      assert.equal(refused.status, 422)
      assert.match(refused.text, new RegExp(bio))
      assert.match(refused.text, /id="field-displayName-error"/)
      assert.match(refused.text, /id="field-bio-error"/)
      const region = { card: 'region', locale: 'en', timeZone: 'Nowhere/Land' }
      const unknown = await alice.submit('/settings', region)
      assert.equal(unknown.status, 422)
      assert.match(unknown.text, /id="field-timeZone-error"/)
      const me = (await alice.get('/api/v1/me')).json()
      assert.deepEqual([me['displayName'], me['timeZone']], ['alice', 'UTC'])
    })

    test('a card changes its own fields and comes back to its place', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      await alice.patch('/api/v1/me', { bio: 'Поезда', theme: 'dark' })
      const answer = await alice.submit('/settings', { card: 'look', flavour: 'top' })
      assert.equal(answer.headers['location'], '/settings?saved#look')
      const { flavour, bio, theme } = (await alice.get('/api/v1/me')).json()
      assert.deepEqual([flavour, bio, theme], ['top', 'Поезда', 'dark'])
      const elsewhere = await alice.submit('/settings', { card: '//evil', bio: '' })
      assert.equal(elsewhere.headers['location'], '/settings?saved')
    })

    test('settings show the saved choices, and every section has its card', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      await alice.submit('/settings', settings)
      const { text } = await alice.get('/settings')
      const chosen = [...text.matchAll(/<input[^>]*type="radio"[^>]*checked[^>]*>/g)].map(
        ([input]) => /value="(\w+)"/.exec(input)?.[1],
      )
      assert.deepEqual(chosen, ['charm', 'dark'])
      assert.match(text, /value="ru" selected/)
      const nav = /<nav class="settings-nav"[^]*?<\/nav>/.exec(text)?.[0] ?? ''
      const anchors = [...nav.matchAll(/href="#([\w-]+)"/g)].map(([, anchor]) => anchor)
      assert.ok(anchors.length >= 5, nav)
      for (const anchor of anchors) assert.match(text, new RegExp(` id="${anchor}"`))
    })

    test('settings are changed by programs field by field', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const answer = await alice.patch('/api/v1/me', { bio: 'Поезда', theme: 'light' })
      assert.equal(answer.status, 200)
      const { bio, theme, displayName } = answer.json()
      assert.deepEqual([bio, theme, displayName], ['Поезда', 'light', 'alice'])
      for (const wrong of [{ role: 'owner' }, { theme: 'pink' }, { displayName: 7 }]) {
        assert.equal((await alice.patch('/api/v1/me', wrong)).status, 422)
      }
      assert.equal((await t.stranger().patch('/api/v1/me', { bio: 'x' })).status, 401)
    })

    test('others see a person without what is private', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const answer = await t.stranger().get('/api/v1/users/Alice')
      const seen = Object.keys(answer.json()).toSorted()
      assert.deepEqual(seen, [
        'avatarUrl',
        'bio',
        'coverUrl',
        'createdAt',
        'displayName',
        'id',
        'links',
        'place',
        'username',
      ])
      const page = await t.stranger().get('/user/alice')
      assert.doesNotMatch(page.text, /alice@example.org/)
      assert.equal((await t.stranger().get('/user/Alice')).headers['location'], '/user/alice')
      const lost = await t.stranger().get('/user/nobody')
      assert.deepEqual([lost.status, lost.text.includes('/auth/login')], [404, true])
      const lostAlice = await alice.get('/user/nobody')
      assert.deepEqual([lostAlice.status, lostAlice.text.includes('/auth/login')], [404, false])
      assert.equal(
        (await t.stranger().get('/api/v1/users/nobody')).json()['code'],
        'QL_USERS_NOT_FOUND',
      )
    })

    test('a name is told to be free or not, with free ones beside it', async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const ask = async (name: string) =>
        (await t.stranger().get(`/api/v1/auth/username/${encodeURIComponent(name)}`)).json()
      assert.deepEqual(await ask('bob'), { username: 'bob', free: true, suggestions: [] })
      assert.deepEqual(await ask('alice'), {
        username: 'alice',
        free: false,
        suggestions: ['alice-here', 'hi-alice'],
      })
      const cyrillic = { username: 'Алиса', free: false, suggestions: ['alisa', 'alisa-here'] }
      assert.deepEqual(await ask('Алиса'), cyrillic)
      const masked = { username: 'аlice', free: false, suggestions: ['alice-here', 'hi-alice'] }
      assert.deepEqual(await ask('аlice'), masked)
      assert.deepEqual(await ask('漢字'), { username: '漢字', free: false, suggestions: [] })
    })
  })
}

test('a naughty string as a name is shown literally or refused, and breaks nothing', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const strings = [
    `<script>alert(1)</script>`,
    `"><img src=x onerror=alert(1)>`,
    `'; drop table identities; --`,
    '{{7*7}} ${7*7}',
    '\u202Eevil',
    'Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤',
    '👩‍👩‍👧‍👦',
    '__proto__',
    '\u0000',
    '   ',
  ]
  for (const displayName of strings) {
    const answer = await alice.patch('/api/v1/me', { displayName })
    assert.ok([200, 422].includes(answer.status), `${displayName}: ${answer.text}`)
    const page = await t.stranger().get('/user/alice')
    assert.equal(page.status, 200, displayName)
    assert.doesNotMatch(page.text, /<script>alert|<img src=x|\u202E/)
  }
  assert.equal((await alice.patch('/api/v1/me', { displayName: '<b>Алиса</b>' })).status, 200)
  assert.match((await t.stranger().get('/user/alice')).text, /<h1>&lt;b>Алиса&lt;\/b><\/h1>/)
})
