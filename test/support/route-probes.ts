import { ACCOUNT_PROBES } from './account-probes.ts'
import { ADMIN_PROBES } from './admin-probes.ts'
import { BLOG_PROBES } from './blog-probes.ts'
import { MESSAGING_PROBES } from './messaging-probes.ts'
import { ONE_PIXEL } from './pictures.ts'
import {
  EVERYBODY,
  MEMBERS,
  MEMBERS_PAGE,
  MEMBERS_FORM,
  ABOUT_ALICE,
  NOBODY_API,
  NOBODY,
  type Probe,
  type ProbeFacts,
} from './probe.ts'
import { SIGN_IN_PROBES } from './sign-in-probes.ts'
import { passwordOf, type UploadForm } from './visitor.ts'

const pixel: UploadForm = { bytes: ONE_PIXEL }
const account = ({ unique }: ProbeFacts) => ({
  username: `newcomer-${unique}`,
  email: `newcomer-${unique}@example.org`,
  password: 'a passphrase for newcomers',
})

/** Every route of the station. One that is not here fails the test, and so does one too many. */
export const ROUTE_PROBES: Readonly<Record<string, Probe>> = {
  ...ACCOUNT_PROBES,
  ...ADMIN_PROBES,
  ...BLOG_PROBES,
  ...SIGN_IN_PROBES,
  'GET /': { gets: EVERYBODY },
  'POST /preferences': {
    form: () => ({ theme: 'dark', return: '/' }),
    gets: '303 303 303 303 303 303',
  },
  'GET /health': { gets: EVERYBODY },
  'GET /health/live': { gets: EVERYBODY },
  'GET /health/ready': { gets: EVERYBODY },
  'GET /metrics': { gets: '404 404 404 200 200 404' },
  'GET /api/openapi.json': { gets: EVERYBODY },
  'GET /api/asyncapi.json': { gets: EVERYBODY },
  'GET /api/docs': { gets: EVERYBODY },
  'POST /api/v1/rt/ticket': { json: () => ({}), gets: MEMBERS },
  'GET /api/v1/rt/bootstrap': { gets: MEMBERS },
  'POST /api/v1/rt/sync.diff': { json: () => ({ from: 0 }), gets: MEMBERS },

  'GET /api/v1/me/media': { gets: MEMBERS },
  'GET /api/v1/notifications': { gets: MEMBERS },
  'GET /api/v1/push/key': { gets: MEMBERS },
  'GET /api/v1/push/standing': { gets: MEMBERS },
  'POST /api/v1/push/subscriptions': {
    json: ({ unique }) => ({
      endpoint: `https://fcm.googleapis.com/fcm/send/${unique}`,
      keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
    }),
    gets: '401 201 201 201 201 201',
  },
  'PUT /api/v1/push/subscriptions': {
    json: () => ({ endpoint: 'https://fcm.googleapis.com/fcm/send/1' }),
    gets: '401 404 404 404 404 404',
  },
  'DELETE /api/v1/push/subscriptions': {
    json: () => ({ endpoint: 'https://fcm.googleapis.com/fcm/send/1' }),
    gets: '401 204 204 204 204 204',
  },
  'GET /notifications': { gets: MEMBERS_PAGE },
  'POST /notifications/read': { form: () => ({}), gets: MEMBERS_FORM },
  'GET /notifications/:id': {
    path: () => '/notifications/nothing',
    gets: 'login 404 404 404 404 404',
  },
  'POST /notifications/choices': { form: () => ({}), gets: MEMBERS_FORM },
  'GET /sw.js': { gets: EVERYBODY },
  'GET /app.webmanifest': { gets: EVERYBODY },
  'GET /offline': { gets: EVERYBODY },
  'GET /notifications/unsubscribe': { gets: NOBODY },
  'POST /notifications/unsubscribe': { form: () => ({}), gets: NOBODY },
  'GET /api/v1/notifications/choices': { gets: MEMBERS },
  'PATCH /api/v1/notifications/choices': { json: () => ({ isDiscreet: false }), gets: MEMBERS },
  'POST /notifications/:id/reading': {
    path: () => '/notifications/nothing/reading',
    form: () => ({ read: 'yes' }),
    gets: 'login 404 404 404 404 404',
  },
  'POST /notifications/:id/silence': {
    path: () => '/notifications/nothing/silence',
    form: () => ({ channels: '' }),
    gets: 'login 404 404 404 404 404',
  },
  'PUT /api/v1/notifications/unread': { json: () => ({ ids: ['nothing'] }), gets: MEMBERS },
  'PUT /api/v1/notifications/read': { json: () => ({ all: true }), gets: MEMBERS },
  'GET /legal': { gets: '302 302 302 302 302 302' },
  'GET /legal/:document': { path: () => '/legal/terms', gets: EVERYBODY },
  'POST /settings/consents': {
    form: () => ({ document: 'publishing', action: 'give' }),
    gets: MEMBERS_FORM,
  },
  'GET /api/v1/legal': { gets: EVERYBODY },
  'GET /api/v1/legal/:document': { path: () => '/api/v1/legal/terms', gets: EVERYBODY },
  'GET /api/v1/me/consents': { gets: MEMBERS },
  'PUT /api/v1/me/consents/:document': {
    path: () => '/api/v1/me/consents/publishing',
    /* No version is that old. */
    json: () => ({ version: 0 }),
    gets: '401 409 409 409 409 409',
  },
  'DELETE /api/v1/me/consents/:document': {
    path: () => '/api/v1/me/consents/consent',
    gets: '401 409 409 409 409 409',
  },
  'GET /consent': { gets: MEMBERS_FORM },
  'POST /consent': { form: () => ({ document: 'consent' }), gets: MEMBERS_FORM },
  'POST /consent/later': { form: () => ({ return: '/' }), gets: MEMBERS_FORM },
  'POST /api/v1/me/export': { json: () => ({}), gets: '401 202 202 202 202 202' },
  'GET /api/v1/me/export': { gets: MEMBERS },
  'GET /api/v1/me/export/:id': { gets: NOBODY_API },
  'DELETE /api/v1/me/export/:id': { gets: NOBODY_API },
  'DELETE /api/v1/me': { json: () => ({ password: 'a guess' }), gets: '401 401 401 401 401 401' },
  'GET /settings/data': { gets: MEMBERS_PAGE },
  'POST /settings/data': { form: () => ({}), gets: MEMBERS_FORM },
  'POST /settings/data/cancel': { form: () => ({ id: 'nothing' }), gets: MEMBERS_FORM },
  'GET /settings/deletion': { gets: MEMBERS_PAGE },
  'POST /settings/deletion': {
    form: () => ({ address: 'nobody@example.org', password: 'a guess' }),
    gets: 'login 422 422 422 422 422',
  },
  'POST /api/v1/media': { upload: pixel, gets: '401 201 201 201 201 201' },

  'POST /api/v1/auth/register': {
    json: (facts) => ({ ...account(facts), consent: true }),
    gets: '201 201 201 201 201 201',
  },
  'GET /api/v1/auth/username/:username': { gets: EVERYBODY },
  'POST /api/v1/auth/login': {
    json: () => ({ login: 'bob', password: passwordOf('bob') }),
    gets: EVERYBODY,
  },
  'POST /api/v1/auth/refresh': { gets: MEMBERS },
  'POST /api/v1/auth/logout': { gets: '204 204 204 204 204 204' },
  'GET /api/v1/me': { gets: MEMBERS },
  'PATCH /api/v1/me': { json: () => ({ bio: 'Changed.' }), gets: MEMBERS },
  'PUT /api/v1/me/avatar': { upload: pixel, gets: MEMBERS },
  'DELETE /api/v1/me/avatar': { gets: '401 204 204 204 204 204' },
  'PUT /api/v1/me/cover': { upload: pixel, gets: MEMBERS },
  'DELETE /api/v1/me/cover': { gets: '401 204 204 204 204 204' },
  'GET /api/v1/users/:username': { gets: EVERYBODY },
  'GET /auth/register': { gets: '200 303 303 303 303 303' },
  'POST /auth/register': {
    form: (facts) => ({ ...account(facts), displayName: 'Newcomer', consent: 'true' }),
    gets: '303 303 303 303 303 303',
  },
  'GET /auth/login': { gets: '200 303 303 303 303 303' },
  'POST /auth/login': {
    form: () => ({ login: 'bob', password: passwordOf('bob') }),
    gets: '303 303 303 303 303 303',
  },
  'POST /auth/logout': { gets: '303 303 303 303 303 303' },
  'GET /setup': { gets: NOBODY },
  'POST /setup': {
    form: (facts) => ({ ...account(facts), displayName: 'Eve', consent: 'true', token: 'guess' }),
    gets: NOBODY,
  },
  'GET /user/:username': { gets: EVERYBODY },
  'GET /settings': { gets: MEMBERS_PAGE },
  'POST /settings/avatar': { upload: pixel, gets: MEMBERS_FORM },
  'POST /settings/avatar/removal': { form: () => ({}), gets: MEMBERS_FORM },
  'POST /settings/cover': { upload: pixel, gets: MEMBERS_FORM },
  'POST /settings/cover/removal': { form: () => ({}), gets: MEMBERS_FORM },
  'POST /settings': { form: () => ({ displayName: 'Changed' }), gets: MEMBERS_FORM },

  'PUT /api/v1/users/:username/follow': { json: () => ({}), gets: ABOUT_ALICE },
  'DELETE /api/v1/users/:username/follow': { gets: MEMBERS },
  'PUT /api/v1/users/:username/mute': { json: () => ({}), gets: ABOUT_ALICE },
  'DELETE /api/v1/users/:username/mute': { gets: MEMBERS },
  'PUT /api/v1/users/:username/block': { json: () => ({}), gets: ABOUT_ALICE },
  'DELETE /api/v1/users/:username/block': { gets: MEMBERS },
  'GET /api/v1/users/:username/followers': { gets: EVERYBODY },
  'GET /api/v1/users/:username/following': { gets: EVERYBODY },
  'GET /api/v1/me/blocks': { gets: MEMBERS },
  'GET /api/v1/me/mutes': { gets: MEMBERS },
  'GET /me/followers': { gets: MEMBERS_FORM },
  'GET /user/:username/followers': { gets: EVERYBODY },
  'GET /user/:username/following': { gets: EVERYBODY },
  'POST /user/:username/relation': {
    form: () => ({ kind: 'mute', on: 'true' }),
    gets: 'login 303 303 303 303 422',
  },

  'POST /api/v1/reports': {
    json: ({ unique }) => ({ subject: `post/${unique}`, path: '/posts', reason: 'spam' }),
    gets: '401 201 201 201 201 201',
  },
  'GET /api/v1/admin/content': { gets: '401 404 200 200 200 404' },
  'PUT /api/v1/reports/:id/decision': {
    json: () => ({ decision: 'keep' }),
    gets: NOBODY_API,
  },
  'DELETE /api/v1/reports/:id/decision': { gets: '401 404 409 409 409 404' },
  'PUT /api/v1/reports/:id/restoration': { gets: '401 404 404 404 404 404' },
  'PUT /api/v1/reports/:id/upholding': { gets: '401 404 404 404 404 404' },
  'GET /api/v1/decisions/:id': { gets: '401 404 404 404 404 404' },
  'PUT /api/v1/decisions/:id/answer': {
    json: () => ({ text: 'No.' }),
    gets: '401 404 404 404 404 404',
  },
  'GET /decisions/:id': { gets: 'login 404 404 404 404 404' },
  'POST /decisions/:id': { form: () => ({ text: 'No.' }), gets: 'login 404 404 404 404 404' },
  'GET /report': { gets: MEMBERS_PAGE },
  'POST /report': {
    form: ({ unique }) => ({ subject: `post/${unique}`, path: '/posts', reason: 'spam', text: '' }),
    gets: MEMBERS_FORM,
  },
  'GET /api/v1/search': {
    path: () => '/api/v1/search?q=alice',
    gets: EVERYBODY,
  },
  'GET /search': { path: () => '/search?q=alice', gets: EVERYBODY },
  ...MESSAGING_PROBES,
  'GET /reports': { gets: 'login 404 301 301 301 404' },
}

/** The address a probe asks for. */
export function probePath(route: string, probe: Probe, facts: ProbeFacts): string {
  if (probe.path) return probe.path(facts)
  const [, path = ''] = route.split(' ')
  return path
    .replace(':username', 'alice')
    .replace(':id', facts.draft.id)
    .replace(':slug', facts.draft.slug)
    .replace(':tag', 'open')
    .replace(':month', facts.month)
}
