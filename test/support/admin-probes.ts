const NOBODY_API = '401 404 404 404 404 404'

/** The administration's part of `ROUTE_PROBES`. */
export const ADMIN_PROBES = {
  'GET /admin/mailbox': { gets: 'login 404 404 404 200 404' },
  'GET /admin/mailbox/:id': {
    path: () => '/admin/mailbox/nothing',
    gets: 'login 404 404 404 404 404',
  },
  'GET /admin/mailbox/:id/html': {
    path: () => '/admin/mailbox/nothing/html',
    gets: '401 404 404 404 404 404',
  },
  'GET /admin/mail': { gets: 'login 404 404 404 404 404' },
  'POST /admin/mail/:id/retry': {
    path: () => '/admin/mail/nothing/retry',
    form: () => ({}),
    gets: 'login 404 404 404 404 404',
  },
  'GET /api/v1/admin/mail': { gets: '401 404 404 404 404 404' },
  'POST /api/v1/admin/mail/:id/retry': {
    path: () => '/api/v1/admin/mail/nothing/retry',
    gets: '401 404 404 404 404 404',
  },
  'GET /admin/backups': { gets: 'login 404 404 200 200 404' },
  'POST /admin/backups': { gets: 'login 404 404 303 303 404' },
  'POST /admin/backups/:name/check': { gets: 'login 404 404 404 404 404' },
  'GET /admin/backups/:name': { gets: '401 404 404 404 404 404' },
  'GET /api/v1/admin/backups': { gets: '401 404 404 200 200 404' },
  'GET /admin/privacy': { gets: 'login 404 404 200 200 404' },
  'POST /admin/privacy/erasures/:id': {
    form: () => ({ action: 'cancel' }),
    gets: 'login 404 404 404 404 404',
  },
  'GET /admin/privacy/consents': { gets: 'login 404 404 200 200 404' },
  'GET /admin/privacy/consents.csv': { gets: '401 404 404 200 200 404' },
  'GET /admin/privacy/documents/:document': {
    path: () => '/admin/privacy/documents/terms',
    gets: 'login 404 404 200 200 404',
  },
  'POST /admin/privacy/documents/:document': {
    path: () => '/admin/privacy/documents/terms',
    form: () => ({ action: 'preview' }),
    gets: 'login 404 404 200 200 404',
  },
  'GET /admin': { gets: 'login 404 404 200 200 404' },
  'GET /admin/:section': {
    path: () => '/admin/nothing',
    gets: 'login 404 404 404 404 404',
  },
  'GET /admin/people': { gets: 'login 404 404 200 200 404' },
  'GET /admin/people/:id': { gets: 'login 404 404 404 404 404' },
  'POST /admin/people/:id': {
    form: () => ({ act: 'role', role: 'owner' }),
    gets: 'login 404 404 404 404 404',
  },
  'GET /admin/invitations': { gets: 'login 404 404 200 200 404' },
  'POST /admin/invitations': {
    form: () => ({ note: '', maxUses: '1', days: '7' }),
    gets: 'login 404 404 200 200 404',
  },
  'POST /admin/invitations/:id/revocation': {
    path: () => '/admin/invitations/nothing/revocation',
    form: () => ({}),
    gets: 'login 404 404 404 404 404',
  },
  'GET /admin/settings': { gets: 'login 404 404 200 200 404' },
  'POST /admin/settings/:group': {
    path: () => '/admin/settings/nothing',
    form: () => ({ name: 'x' }),
    gets: 'login 404 404 404 404 404',
  },
  'GET /admin/security': { gets: 'login 404 404 200 200 404' },
  'POST /admin/security/verification': { form: () => ({}), gets: 'login 404 404 303 303 404' },
  'POST /admin/security/sessions': { form: () => ({}), gets: 'login 404 404 404 303 404' },
  'GET /admin/events': { gets: 'login 404 404 200 200 404' },
  'POST /admin/events': {
    form: () => ({ act: 'retry', consumer: 'nobody', seq: '1' }),
    gets: 'login 404 404 404 404 404',
  },
  'GET /api/v1/admin/stats': { gets: '401 404 404 200 200 404' },
  'GET /api/v1/admin/settings': { gets: '401 404 404 200 200 404' },
  'PATCH /api/v1/admin/settings/:group': {
    path: () => '/api/v1/admin/settings/station',
    json: () => ({ name: 'Mayak' }),
    gets: '401 404 404 204 204 404',
  },
  'GET /api/v1/admin/audit': { gets: '401 404 404 200 200 404' },
  'POST /api/v1/admin/audit/verification': { json: () => ({}), gets: '401 404 404 200 200 404' },
  'GET /api/v1/admin/limits': { gets: '401 404 404 200 200 404' },
  'GET /api/v1/admin/events': { gets: '401 404 404 200 200 404' },
  'PUT /api/v1/admin/events/dead-letters': {
    json: () => ({ act: 'retry', consumer: 'nobody', seq: 1 }),
    gets: NOBODY_API,
  },
  'POST /api/v1/admin/events/replay': {
    json: () => ({ consumer: 'nobody', fromSeq: 1, confirm: 'nobody' }),
    gets: NOBODY_API,
  },
  'GET /api/v1/admin/users': { gets: '401 404 404 200 200 404' },
  'GET /api/v1/admin/users/:id': { gets: NOBODY_API },
  'PATCH /api/v1/admin/users/:id': { json: () => ({ role: 'moderator' }), gets: NOBODY_API },
  'POST /api/v1/admin/users/:id/reset-link': { json: () => ({}), gets: NOBODY_API },
  'DELETE /api/v1/admin/users/:id/second-factor': { gets: NOBODY_API },
  'DELETE /api/v1/admin/sessions': { gets: '401 404 404 404 200 404' },
  'GET /admin/content': { gets: 'login 404 200 200 200 404' },
  'POST /admin/content/:id': {
    form: () => ({ decision: 'keep' }),
    gets: 'login 404 404 404 404 404',
  },
  'POST /admin/content/:id/undo': { form: () => ({}), gets: 'login 404 409 409 409 404' },
  'POST /admin/content/:id/restoration': { form: () => ({}), gets: 'login 404 404 404 404 404' },
  'POST /admin/content/:id/upholding': { form: () => ({}), gets: 'login 404 404 404 404 404' },
} as const
