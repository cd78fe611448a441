import type { App, ModuleRequest } from '#core'
import type { Registry } from '../registration/registration.ts'
import { actorOf } from '../requester.ts'
import { findMe } from '../sign-in/sign-in.ts'
import { speechOf } from '../speech.ts'
import type { SettingsVisit } from './card.ts'

/** Whoever asks for the settings, as every card wants to know them. */
export async function visitOf(
  app: App,
  registry: Registry,
  request: ModuleRequest,
): Promise<SettingsVisit> {
  const me = await findMe(registry, actorOf(request).id)
  return { app, request, me, speech: speechOf(app, request.locale) }
}
