import type { App } from '#core'
import { actorOf } from '../requester.ts'
import { FactorOffer, FactorProof, FactorState, RecoveryCodes } from '../schema.ts'

const PATH = '/api/v1/me/second-factor'

export function secondFactorRoutes(app: App): void {
  const { factors } = app.auth
  settingUp(app)

  app.route(
    'GET',
    PATH,
    {
      policy: 'member',
      summary: 'Whether a code is asked for beside the password',
      responses: { 200: FactorState },
    },
    async (request) => {
      const { isOn, since, recoveryCodesLeft } = await factors.stateOf(actorOf(request).id)
      return { body: { on: isOn, since, recoveryCodesLeft } }
    },
  )

  app.route(
    'DELETE',
    PATH,
    { policy: 'member', stepUp: true, summary: 'Ask for the password alone from now on' },
    async (request) => {
      await factors.remove(actorOf(request).id)
      return { status: 204 }
    },
  )

  app.route(
    'POST',
    `${PATH}/recovery-codes`,
    {
      policy: 'member',
      stepUp: true,
      summary: 'Make ten new recovery codes; those before are worth nothing',
      responses: { 200: RecoveryCodes },
    },
    async (request) => ({
      body: { recoveryCodes: await factors.renewRecoveryCodes(actorOf(request).id) },
    }),
  )
}

/** A secret is offered, and in force with its first code. */
function settingUp(app: App): void {
  const { factors } = app.auth

  app.route(
    'POST',
    PATH,
    {
      policy: 'member',
      stepUp: true,
      summary: 'Offer a secret for an authenticator app; nothing is in force yet',
      responses: { 200: FactorOffer },
    },
    async (request) => ({ body: await factors.offer(actorOf(request)) }),
  )

  app.route(
    'PUT',
    PATH,
    {
      policy: 'member',
      stepUp: true,
      summary: 'Put the offered secret in force with its first code; answers ten recovery codes',
      body: FactorProof,
      responses: { 200: RecoveryCodes },
    },
    async (request) => {
      const { ticket, totp } = request.body
      const { id } = actorOf(request)
      return { body: { recoveryCodes: await factors.confirm(id, { ticket, code: totp }) } }
    },
  )
}
