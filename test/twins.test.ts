import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildTestStation } from './support/station.ts'

const ADMIN = '/api/v1/admin'
const ME = '/api/v1/me'

/** What a program asks for where a browser sends the form. */
const TWINS: Readonly<Record<string, readonly string[]>> = {
  '/admin/backups': [`POST ${ADMIN}/backups`],
  '/admin/backups/:name/check': [`POST ${ADMIN}/backups/:name/check`],
  '/admin/content/:id': ['PUT /api/v1/reports/:id/decision'],
  '/admin/content/:id/restoration': ['PUT /api/v1/reports/:id/restoration'],
  '/admin/content/:id/undo': ['DELETE /api/v1/reports/:id/decision'],
  '/admin/content/:id/upholding': ['PUT /api/v1/reports/:id/upholding'],
  '/admin/events': [`PUT ${ADMIN}/events/dead-letters`, `POST ${ADMIN}/events/replay`],
  '/admin/invitations': ['POST /api/v1/invitations'],
  '/admin/invitations/:id/revocation': ['DELETE /api/v1/invitations/:id'],
  '/admin/mail/:id/retry': [`POST ${ADMIN}/mail/:id/retry`],
  '/admin/people/:id': [
    `PATCH ${ADMIN}/users/:id`,
    `DELETE ${ADMIN}/users/:id/sessions`,
    `DELETE ${ADMIN}/users/:id/sessions/:session`,
    `DELETE ${ADMIN}/users/:id/second-factor`,
    `POST ${ADMIN}/users/:id/reset-link`,
  ],
  '/admin/people/export': [`POST ${ADMIN}/users/export`],
  '/admin/people/selection/acts': [`POST ${ADMIN}/users/acts`],
  '/admin/privacy/documents/:document': [`PUT ${ADMIN}/privacy/documents/:document`],
  '/admin/privacy/erasures/:id': [`PUT ${ADMIN}/privacy/erasures/:id/decision`],
  '/admin/security/sessions': [`DELETE ${ADMIN}/sessions`],
  '/admin/security/verification': [`POST ${ADMIN}/audit/verification`],
  '/admin/settings/:group': [`PATCH ${ADMIN}/settings/:group`],
  '/auth/code': ['POST /api/v1/auth/login'],
  '/auth/confirm': ['POST /api/v1/auth/confirm'],
  '/auth/email': ['POST /api/v1/auth/email'],
  '/auth/forgot': ['POST /api/v1/auth/forgot'],
  '/auth/login': ['POST /api/v1/auth/login'],
  '/auth/logout': ['POST /api/v1/auth/logout'],
  '/auth/recovery': ['POST /api/v1/auth/login'],
  '/auth/register': ['POST /api/v1/auth/register'],
  '/auth/register/letter': ['POST /api/v1/auth/register/letter'],
  '/auth/reset': ['POST /api/v1/auth/reset'],
  '/auth/verify': ['POST /api/v1/auth/verify'],
  '/channel/:slug/membership': ['POST /api/v1/rt/chats.join', 'POST /api/v1/rt/chats.leave'],
  '/consent': [`PUT ${ME}/consents/:document`],
  '/decisions/:id': ['PUT /api/v1/decisions/:id/answer'],
  '/join/:token': ['POST /api/v1/rt/invites.join'],
  '/me/channel': [`PUT ${ME}/channel`],
  '/me/last-seen': ['POST /api/v1/rt/presence.show'],
  '/notifications/:id/reading': [
    'PUT /api/v1/notifications/read',
    'PUT /api/v1/notifications/unread',
  ],
  '/notifications/:id/silence': ['PATCH /api/v1/notifications/choices'],
  '/notifications/choices': ['PATCH /api/v1/notifications/choices'],
  '/notifications/read': ['PUT /api/v1/notifications/read'],
  '/report': ['POST /api/v1/reports'],
  '/settings': [`PATCH ${ME}`],
  '/settings/avatar': [`PUT ${ME}/avatar`],
  '/settings/avatar/removal': [`DELETE ${ME}/avatar`],
  '/settings/consents': [`PUT ${ME}/consents/:document`, `DELETE ${ME}/consents/:document`],
  '/settings/cover': [`PUT ${ME}/cover`],
  '/settings/cover/removal': [`DELETE ${ME}/cover`],
  '/settings/data': [`POST ${ME}/export`],
  '/settings/data/cancel': [`DELETE ${ME}/export/:id`],
  '/settings/deletion': [`DELETE ${ME}`],
  '/settings/email': [`PUT ${ME}/email`],
  '/settings/password': [`PUT ${ME}/password`],
  '/settings/second-factor': [`POST ${ME}/second-factor`, `PUT ${ME}/second-factor`],
  '/settings/second-factor/recovery-codes': [`POST ${ME}/second-factor/recovery-codes`],
  '/settings/second-factor/removal': [`DELETE ${ME}/second-factor`],
  '/settings/sessions/:id': [`DELETE ${ME}/sessions/:id`],
  '/settings/sessions/others': [`DELETE ${ME}/sessions`],
  '/user/:username/relation': [
    'PUT /api/v1/users/:username/follow',
    'DELETE /api/v1/users/:username/follow',
  ],
  '/write/:id': ['PATCH /api/v1/posts/:id', 'PUT /api/v1/posts/:id/publication'],
  '/write/new': ['POST /api/v1/posts'],
}

/** Forms that only a page needs, and why. */
const ALONE: Readonly<Record<string, string>> = {
  '/admin/people/columns': 'chooses what a page shows',
  '/admin/people/selection': 'shows who would be acted on',
  '/auth/code/other': 'shows another field',
  '/consent/later': 'puts a question of the page off',
  '/notifications/unsubscribe': 'is what programs of mail press, as RFC 8058 says',
  '/preferences': 'sets cookies of a browser',
  '/setup': 'is opened once, with a link of the console',
  '/user/:username/blog/:slug': 'opens a post with a password in a browser',
}

test('what a form of a page does, a program does through the API', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const { routes } = t.station.router
  const forms = routes.filter(({ kind, method }) => kind === 'page' && method === 'POST')
  const known = [...Object.keys(TWINS), ...Object.keys(ALONE)]
  assert.deepEqual(forms.map(({ path }) => path).toSorted(), known.toSorted())
  const api = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))
  for (const { path, options } of forms) {
    for (const name of TWINS[path] ?? []) {
      const twin = api.get(name)
      assert.ok(twin, `${path}: there is no ${name}`)
      if (options.stepUp) assert.ok(twin.options.stepUp, `${name} asks for no fresh proof`)
    }
  }
})
