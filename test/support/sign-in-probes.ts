import { MEMBERS, MEMBERS_PAGE, MEMBERS_FORM, NOBODY_API, type Probe } from './probe.ts'

/** Codes beside the password, the proof before dangerous acts, and one's sessions. */
export const SIGN_IN_PROBES: Readonly<Record<string, Probe>> = {
  'POST /api/v1/auth/verify': {
    json: () => ({ password: 'a guess' }),
    gets: '401 422 422 422 422 422',
  },
  'GET /api/v1/me/sessions': { gets: MEMBERS },
  'DELETE /api/v1/me/sessions': { gets: MEMBERS },
  'DELETE /api/v1/me/sessions/:id': { gets: NOBODY_API },
  'GET /api/v1/me/second-factor': { gets: MEMBERS },
  'POST /api/v1/me/second-factor': { json: () => ({}), gets: MEMBERS },
  'PUT /api/v1/me/second-factor': {
    json: () => ({ ticket: 'invented', totp: '123456' }),
    gets: '401 409 409 409 409 409',
  },
  'DELETE /api/v1/me/second-factor': { gets: '401 204 204 204 204 204' },
  'POST /api/v1/me/second-factor/recovery-codes': {
    json: () => ({}),
    gets: '401 409 409 409 409 409',
  },
  'GET /auth/code': { gets: '303 303 303 303 303 303' },
  'POST /auth/code': { form: () => ({ code: '123456' }), gets: '303 303 303 303 303 303' },
  'POST /auth/code/other': { form: () => ({}), gets: '303 303 303 303 303 303' },
  'GET /auth/recovery': { gets: '303 303 303 303 303 303' },
  'POST /auth/recovery': { form: () => ({ code: '123456' }), gets: '303 303 303 303 303 303' },
  'GET /auth/verify': { gets: MEMBERS_FORM },
  'POST /auth/verify': {
    form: () => ({ password: 'a guess' }),
    gets: 'login 422 422 422 422 422',
  },
  'GET /settings/second-factor': { gets: MEMBERS_PAGE },
  'POST /settings/second-factor': {
    form: () => ({ ticket: 'invented', code: '123456' }),
    gets: 'login 409 409 409 409 409',
  },
  'POST /settings/second-factor/removal': { form: () => ({}), gets: MEMBERS_FORM },
  'POST /settings/second-factor/recovery-codes': { form: () => ({}), gets: MEMBERS_FORM },
  'POST /settings/sessions/others': { form: () => ({}), gets: MEMBERS_FORM },
  'POST /settings/sessions/:id': {
    form: () => ({}),
    gets: 'login 404 404 404 404 404',
  },
}
