import { EVERYBODY, MEMBERS_PAGE, NOBODY_API, type Probe, type ProbeFacts } from './probe.ts'

/** Whatever becomes of it is told by a letter. */
const TAKEN = '202 202 202 202 202 202'
/** A token that is none. */
const GONE = '410 410 410 410 410 410'
const SENT_ON = '303 303 303 303 303 303'

const nobodysMail = ({ unique }: ProbeFacts) => ({ email: `nobody-${unique}@example.org` })
/** Coming to an account, coming back to one, and what opens it. */
export const ACCOUNT_PROBES: Readonly<Record<string, Probe>> = {
  'GET /palette': { gets: MEMBERS_PAGE },
  'POST /api/v1/auth/register/letter': { json: nobodysMail, gets: TAKEN },
  'POST /api/v1/auth/forgot': { json: nobodysMail, gets: TAKEN },
  'POST /api/v1/auth/confirm': { json: () => ({ token: 'guess' }), gets: GONE },
  'POST /api/v1/auth/reset': {
    json: () => ({ token: 'guess', password: 'a passphrase for newcomers' }),
    gets: GONE,
  },
  'POST /api/v1/auth/email': { json: () => ({ token: 'guess' }), gets: GONE },
  'PUT /api/v1/me/password': {
    json: () => ({ oldPassword: 'not theirs', password: 'a passphrase for newcomers' }),
    gets: '401 422 422 422 422 422',
  },
  'PUT /api/v1/me/email': {
    json: ({ unique }) => ({ email: `moved-${unique}@example.org`, password: 'not theirs' }),
    gets: '401 422 422 422 422 422',
  },
  'GET /api/v1/invitations': { gets: '401 404 404 200 200 404' },
  'POST /api/v1/invitations': { json: () => ({}), gets: '401 404 404 201 201 404' },
  'DELETE /api/v1/invitations/:id': { gets: NOBODY_API },
  'POST /auth/register/letter': { form: nobodysMail, gets: TAKEN },
  'GET /auth/invitation/:token': { path: () => '/auth/invitation/guess', gets: SENT_ON },
  'GET /auth/confirm': { gets: GONE },
  'POST /auth/confirm': { form: () => ({}), gets: GONE },
  'GET /auth/forgot': { gets: EVERYBODY },
  'POST /auth/forgot': { form: nobodysMail, gets: TAKEN },
  'GET /auth/reset': { gets: GONE },
  'POST /auth/reset': { form: () => ({ password: 'a passphrase for newcomers' }), gets: GONE },
  'GET /auth/email': { gets: GONE },
  'POST /auth/email': { form: () => ({}), gets: GONE },
  'GET /auth/done/:what': { path: () => '/auth/done/reset', gets: EVERYBODY },
  'GET /settings/password': { gets: MEMBERS_PAGE },
  'POST /settings/password': {
    form: () => ({ oldPassword: 'not theirs', password: 'a passphrase for newcomers' }),
    gets: 'login 422 422 422 422 422',
  },
  'GET /settings/email': { gets: MEMBERS_PAGE },
  'POST /settings/email': {
    form: ({ unique }) => ({ email: `moved-${unique}@example.org`, password: 'not theirs' }),
    gets: 'login 422 422 422 422 422',
  },
}
