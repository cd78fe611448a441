import { type App, newId, Type } from '#core'
import { People } from '../people.ts'
import type { Blog } from '../writing/posts.ts'
import { importErrors } from './import-errors.ts'
import type { WordPressImport } from './wordpress-import.ts'

const closed = { additionalProperties: false } as const
const Begin = Type.Object({ file: Type.String(), username: Type.String() }, closed)
const Step = Type.Object({ id: Type.String() }, closed)
const Progress = Type.Object(
  {
    id: Type.String(),
    /** Records of the file. */
    done: Type.Integer(),
    total: Type.Integer(),
    isFinished: Type.Boolean(),
    report: Type.Unknown(),
  },
  closed,
)

/** Long enough to be worth a call, short enough for a moving number. */
const STEP_MS = 250

interface Running {
  readonly work: WordPressImport
  readonly steps: AsyncGenerator<void>
}

/** `blog.import` begins, `blog.import-step` goes on for a quarter of a second. For the operator alone. */
export function provideImport(app: App, blog: Blog): void {
  const people = new People(app)
  const running = new Map<string, Running>()
  const operator = 'operator' as const

  app.provide(
    'blog.import',
    { input: Begin, output: Progress, audience: operator },
    async (input) => {
      const { file, username } = input as { file: string; username: string }
      const person = await people.named(username)
      if (!person) throw importErrors.QL_BLOG_IMPORT_NOBODY({ values: { username } })
      /* Moving in is rare; its parser is not loaded with every start. */
      const { WordPressImport: Work } = await import('./wordpress-import.ts')
      const work = new Work(blog, { id: person.id, username: person.username }, file)
      await work.survey()
      const id = newId()
      running.set(id, { work, steps: work.run() })
      return progressOf(id, work, false)
    },
  )

  app.provide(
    'blog.import-step',
    { input: Step, output: Progress, audience: operator },
    async (input) => {
      const { id } = input as { id: string }
      const job = running.get(id)
      if (!job) throw importErrors.QL_BLOG_IMPORT_UNKNOWN()
      const until = performance.now() + STEP_MS
      let isFinished = false
      while (!isFinished && performance.now() < until) {
        isFinished = (await job.steps.next()).done === true
      }
      if (isFinished) running.delete(id)
      return progressOf(id, job.work, isFinished)
    },
  )
}

function progressOf(id: string, { done, total, report }: WordPressImport, isFinished: boolean) {
  return { id, done, total, isFinished, report: isFinished ? structuredClone(report) : null }
}
