import type { App } from '#core'
import { listRelations } from './lists.ts'
import { between, type Reader } from './relations.ts'
import { BetweenAnswer, BetweenQuestion, EndAnswer, EndQuestion } from './schema.ts'

export function provideRelations(app: App, reader: Reader): void {
  app.provide(
    'relations.between',
    { input: BetweenQuestion, output: BetweenAnswer },
    async ({ userId, otherIds }) => {
      const found = await between(reader, userId, otherIds)
      return [...found].map(([id, standing]) => ({ id, ...standing }))
    },
  )
  for (const [name, end] of [
    ['relations.following', 'from'],
    ['relations.followers', 'to'],
  ] as const) {
    app.provide(name, { input: EndQuestion, output: EndAnswer }, async (question) => {
      const { userId, limit = 100, heard, cursor } = question
      const slice = await listRelations(reader, {
        userId,
        kind: 'follow',
        end,
        limit,
        heard,
        cursor,
      })
      return { ids: slice.items.map(({ id }) => id), nextCursor: slice.nextCursor }
    })
  }
}
