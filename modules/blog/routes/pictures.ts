import { type App, Type } from '#core'
import { maySeePicture, PICTURE_GUARD } from '../pictures.ts'
import type { People } from '../people.ts'
import type { Blog } from '../writing/posts.ts'

const closed = { additionalProperties: false } as const

const PictureQuestion = Type.Object(
  { mediaId: Type.String(), userId: Type.Union([Type.String(), Type.Null()]) },
  closed,
)
const PictureForm = Type.Object({ alt: Type.Optional(Type.String()) }, closed)
const StoredPicture = Type.Object(
  {
    id: Type.String(),
    url: Type.String({ description: 'Stands in the text as `![what it shows](url)`' }),
    width: Type.Integer(),
    height: Type.Integer(),
    alt: Type.String(),
  },
  closed,
)

/** Pictures on their way into a post: seen by their author, then by whoever may see the post. */
export function bindPictures(app: App, blog: Blog, people: People): void {
  app.provide(
    PICTURE_GUARD,
    { input: PictureQuestion, output: Type.Boolean() },
    ({ mediaId, userId }) =>
      maySeePicture(blog.db.reader, mediaId, userId, (id) => people.roleOf(id)),
  )
  app.route(
    'POST',
    '/api/v1/blog/pictures',
    {
      policy: 'member',
      summary: 'Upload a picture for a post; one that no post shows within a day is removed',
      body: PictureForm,
      file: { purpose: 'picture', visibility: { by: PICTURE_GUARD } },
      responses: { 201: StoredPicture },
    },
    async ({ file }) => {
      if (!file) throw new Error('A route with a file was reached without one')
      const { id, url, width, height, alt } = file
      return { status: 201, body: { id, url, width, height, alt } }
    },
  )
}

declare global {
  interface QuarkCalls {
    /** Whether somebody may see a picture that was uploaded for a post; asked by the core. */
    'blog.may-see-picture': {
      input: { mediaId: string; userId: string | null }
      output: boolean
    }
  }
}
