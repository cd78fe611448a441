import type { App } from '#core'
import {
  Confirmation,
  Confirmed,
  EmailChange,
  Forgotten,
  PasswordChange,
  Reset,
} from '../links/links-schema.ts'
import { confirm, registryOf } from '../registration/registration.ts'
import { actorOf, clientOf } from '../requester.ts'

/** Letters that anybody can make the station send, from one address. */
export const LETTER_LIMIT = { max: 10, windowS: 3_600 } as const
/** Tokens that one address may try; nobody guesses 256 bits, but each costs a look. */
export const LINK_LIMIT = { max: 60, windowS: 3_600 } as const

/** Confirming the address of a new account, for programs. */
export function confirmationRoutes(app: App): void {
  const registry = registryOf(app)
  const { auth } = registry

  app.route(
    'POST',
    '/api/v1/auth/register/letter',
    {
      policy: 'public',
      summary: 'Send the letter that confirms a registration once more, if somebody waits for it',
      limit: LETTER_LIMIT,
      body: Forgotten,
    },
    async ({ body }) => {
      auth.registrations.resend(body.email)
      return { status: 202 }
    },
  )

  app.route(
    'POST',
    '/api/v1/auth/confirm',
    {
      policy: 'public',
      summary: 'Make the account that the link of a letter confirms',
      limit: LINK_LIMIT,
      body: Confirmation,
      responses: { 201: Confirmed },
    },
    async ({ body }) => {
      const { username } = await confirm(registry, body.token)
      return { status: 201, body: { username } }
    },
  )
}

/** Coming back to an account, for programs. */
export function recoveryRoutes(app: App): void {
  const { auth } = app

  app.route(
    'POST',
    '/api/v1/auth/forgot',
    {
      policy: 'public',
      summary: 'Send a link that sets a new password, if the address is that of an account',
      limit: LETTER_LIMIT,
      body: Forgotten,
    },
    async ({ body }) => {
      auth.links.requestReset(body.email)
      return { status: 202 }
    },
  )

  app.route(
    'POST',
    '/api/v1/auth/reset',
    {
      policy: 'public',
      summary: 'Set a new password by the link of a letter; every session of the account ends',
      limit: LINK_LIMIT,
      body: Reset,
    },
    async ({ body }) => {
      await auth.passwords.reset(body.token, body.password)
      return { status: 204 }
    },
  )
}

/** What a person changes of how they sign in, for programs. */
export function signInChangeRoutes(app: App): void {
  const { auth } = app

  app.route(
    'PUT',
    '/api/v1/me/password',
    {
      policy: 'member',
      summary: 'Take the old password for a new one; every other session ends',
      limit: LINK_LIMIT,
      body: PasswordChange,
    },
    async (request) => {
      await auth.passwords.change(actorOf(request), request.body, clientOf(request))
      return { status: 204 }
    },
  )

  app.route(
    'PUT',
    '/api/v1/me/email',
    {
      policy: 'member',
      summary: 'Send a link to a new address (202); without mail it is changed at once (204)',
      limit: LETTER_LIMIT,
      body: EmailChange,
    },
    async (request) => {
      const isAsked = await auth.emails.request(actorOf(request), request.body, clientOf(request))
      return { status: isAsked ? 202 : 204 }
    },
  )

  app.route(
    'POST',
    '/api/v1/auth/email',
    {
      policy: 'public',
      summary: 'Take the new address that the link of a letter confirms',
      limit: LINK_LIMIT,
      body: Confirmation,
    },
    async ({ body }) => {
      await auth.emails.confirm(body.token)
      return { status: 204 }
    },
  )
}
