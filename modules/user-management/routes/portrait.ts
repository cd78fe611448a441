import { type App, Type } from '#core'
import { type Portrait, Portraits } from '../portrait/portrait.ts'
import { registryOf } from '../registration/registration.ts'
import { actorOf } from '../requester.ts'
import { meOf } from '../visibility/sight.ts'
import { Me } from '../schema.ts'

const closed = { additionalProperties: false } as const
const Part = Type.Optional(Type.String({ description: 'From 0 to 1' }))
const Alt = Type.Optional(Type.String({ description: 'What it shows, in words' }))

/** The square of an avatar: its left upper corner and its side; the middle when left out. */
export const AvatarForm = Type.Object({ x: Part, y: Part, size: Part, alt: Alt }, closed)
export const CoverForm = Type.Object({ alt: Alt }, closed)

const WORDS: Readonly<Record<Portrait, { readonly set: string; readonly remove: string }>> = {
  avatar: {
    set: 'Show a picture as the portrait, cut to a square',
    remove: 'Show initials again instead of a portrait',
  },
  cover: {
    set: 'Show a picture at the head of the own page',
    remove: 'Show the colour of the page again instead of a cover',
  },
}

export function portraitRoutes(app: App): void {
  const portraits = new Portraits(app)
  const { auth } = registryOf(app)

  for (const which of ['avatar', 'cover'] as const) {
    const path = `/api/v1/me/${which}`
    const responses = { 200: Me }
    app.route(
      'PUT',
      path,
      {
        policy: 'member',
        summary: WORDS[which].set,
        file: { purpose: which },
        body: which === 'avatar' ? AvatarForm : CoverForm,
        responses,
      },
      async (request) => {
        const { id } = actorOf(request)
        const profile = await portraits.change(id, which, request.file)
        const account = await auth.identityOf(id)
        if (!account) throw new Error(`The account ${id} is gone`)
        return { body: meOf(profile, account) }
      },
    )
    app.route(
      'DELETE',
      path,
      { policy: 'member', summary: WORDS[which].remove, responses: { 204: Type.Null() } },
      async (request) => {
        await portraits.change(actorOf(request).id, which, undefined)
        return { status: 204 }
      },
    )
  }
}
