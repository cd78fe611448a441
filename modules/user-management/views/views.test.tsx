import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { renderToString } from 'preact-render-to-string'
import { LoginPage, type LoginProps } from './login.tsx'
import { ProfilePage, type ProfileProps } from './profile.tsx'
import { RegisterPage, type RegisterProps } from './register.tsx'
import { SetupPage } from './setup.tsx'

const HOSTILE = '"><script>alert(1)</script>'
const speech = { t: (key: string): string => key, locale: 'ru' } as const

const REGISTER: RegisterProps = {
  ...speech,
  values: { displayName: 'Софья', username: 'sofia', email: 'sofia@pochta.example' },
  errors: {},
  addressPrefix: 'onego.example/user/',
  minPassword: 8,
}
const LOGIN: LoginProps = { ...speech, login: '', returnTo: '/write', registration: 'open' }
const PROFILE: ProfileProps = {
  ...speech,
  person: {
    username: 'anna',
    displayName: 'Анна',
    bio: '',
    place: '',
    links: [],
    createdAt: '2026-01-10T00:00:00Z',
  },
  own: false,
  isOpen: true,
  timeZone: 'UTC',
  tabs: [],
  facts: [],
  actions: [],
  menu: [],
  sections: [],
}
test('registration sends the five agreed fields and never ticks the consent itself', () => {
  const shown = renderToString(<RegisterPage {...REGISTER} />)
  for (const name of ['displayName', 'username', 'email', 'password', 'consent']) {
    assert.match(shown, new RegExp(`name="${name}"`))
  }
  assert.match(shown, /<form[^>]*method="post" action="\/auth\/register"/)
  assert.doesNotMatch(shown, /checked/)
})

test('a refused registration keeps what was typed, but not the password', () => {
  const shown = renderToString(
    <RegisterPage
      {...REGISTER}
      errors={{ username: 'Этот адрес уже занят.', consent: 'Отметьте согласие' }}
      suggestions={['sofia-g']}
    />,
  )
  assert.match(shown, /value="sofia@pochta\.example"/)
  assert.match(shown, /Этот адрес уже занят\./)
  assert.match(shown, /class="consent consent-wrong"/)
  assert.match(shown, /name="suggestion" value="sofia-g"/)
  const password = /<input[^>]*name="password"[^>]*>/.exec(shown)?.[0] ?? ''
  assert.doesNotMatch(password, /value=/)
})

test('the first wrong field takes the focus, and only it', () => {
  assert.deepEqual(focused({}), ['displayName'])
  assert.deepEqual(focused({ consent: 'x', email: 'x' }), ['email'])
  assert.deepEqual(focused({ consent: 'x' }), ['consent'])
})

test('set-up carries its token and goes to its own address', () => {
  const shown = renderToString(<SetupPage {...REGISTER} token={HOSTILE} />)
  assert.match(shown, /action="\/setup"/)
  assert.match(shown, /name="token" value="&quot;>&lt;script>/)
})

test('signing in comes back to where one was', () => {
  const shown = renderToString(<LoginPage {...LOGIN} problem="Не подошло" />)
  assert.match(shown, /name="return" value="\/write"/)
  assert.match(shown, /role="alert"/)
  assert.match(shown, /autocomplete="current-password"/)
  assert.doesNotMatch(renderToString(<LoginPage {...LOGIN} registration="closed" />), /register/)
})

test('a line from a post stands on the picture beside the form', () => {
  const quote = { text: HOSTILE, author: 'Марина', title: 'Смена', href: '/x' }
  const shown = renderToString(<LoginPage {...LOGIN} quote={quote} />)
  assert.match(shown, /&lt;script>/)
  assert.match(shown, /href="\/x"/)
})

test('a profile is changed by its owner only', () => {
  assert.match(renderToString(<ProfilePage {...PROFILE} own />), /href="\/settings"/)
  const other = renderToString(<ProfilePage {...PROFILE} blogHref="/user/anna/blog" />)
  assert.doesNotMatch(other, /\/settings/)
  assert.match(other, /href="\/user\/anna\/blog"/)
})

test('a profile shows what people wrote literally, and modules’ parts as they are', () => {
  const person = { ...PROFILE.person, displayName: HOSTILE, bio: HOSTILE }
  const shown = renderToString(
    <ProfilePage {...PROFILE} person={person} sections={['<p id="part">1</p>']} />,
  )
  assert.doesNotMatch(shown, /<script/)
  assert.match(shown, /<p id="part">1<\/p>/)
})

/** Names of the fields that ask for the focus. */
function focused(errors: RegisterProps['errors']): string[] {
  const shown = renderToString(<RegisterPage {...REGISTER} errors={errors} />)
  return [...shown.matchAll(/<input[^>]*autofocus[^>]*>/g)].map(
    ([input]) => /name="(\w+)"/.exec(input)?.[1] ?? '',
  )
}
