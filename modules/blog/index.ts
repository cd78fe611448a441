import type { App } from '#core'
import { bindCalls } from './calls.ts'
import { PostCreated, PostDeleted, PostPublished, PostUnpublished, PostUpdated } from './events.ts'
import { provideImport } from './import/import-calls.ts'
import { People } from './people.ts'
import { guardPictures } from './guarding.ts'
import type { Blog } from './writing/posts.ts'
import { bindFinding } from './reading/finding.ts'
import { bindModeration } from './hiding/moderated.ts'
import { followConsent, followSight } from './hiding/sight.ts'
import { hidePosts, publishDue } from './writing/publication.ts'
import { thinRevisions } from './writing/revision-thinning.ts'
import { bindLists } from './routes/lists.ts'
import { bindPictures } from './routes/pictures.ts'
import { bindPosts } from './routes/posts.ts'
import { bindPublication } from './routes/publication.ts'
import { bindPages } from './site.ts'
import { bindSlots } from './slots.ts'
import type { BlogTables } from './tables.ts'
import { erasePerson } from './erasure.ts'
import { exportPerson } from './personal-export.ts'

/** What the blog offers to the station. */
export function register(app: App): void {
  const people = new People(app)
  const mayPublish = (userId: string): Promise<boolean> => people.mayPublish(userId)
  const blog: Blog = {
    db: app.db<BlogTables>(),
    media: app.media,
    clock: app.clock,
    mayPublish,
  }
  const pages = { app, blog, people }

  app.eventBus.define('post.created', PostCreated)
  app.eventBus.define('post.updated', PostUpdated)
  app.eventBus.define('post.published', PostPublished)
  app.eventBus.define('post.unpublished', PostUnpublished)
  app.eventBus.define('post.deleted', PostDeleted)

  bindPosts(app, blog, people)
  bindPictures(app, blog, people)
  bindPublication(app, blog)
  bindLists(app, blog, people)
  bindPages(pages)
  bindSlots(pages)
  bindCalls(app, blog, people)
  bindFinding(app, blog, people)
  bindModeration(app, blog, people)
  provideImport(app, blog)

  app.onEvent('consent.withdrawn', ({ data }) => hidePosts(blog, people, data))
  app.onEvent('consent.given', ({ data }) => followSight(blog, data.userId))
  app.onEvent('settings.changed', ({ subject, data }) => followConsent(blog, subject, data.keys))
  app.onEvent('user.blocked', ({ data }) => followSight(blog, data.id))
  app.onEvent('user.unblocked', ({ data }) => followSight(blog, data.id))
  app.onUserExport((question) => exportPerson(blog, question))
  app.onUserErase((person) => erasePerson(blog, person))

  app.job('publish-due', '* * * * *', async () => {
    await publishDue(blog, (ids) => people.usernames(ids))
  })
  app.job('guard-pictures', '* * * * *', () => guardPictures(blog, app.signal))
  app.job('thin-revisions', '17 4 * * *', async () => {
    await thinRevisions(blog)
  })
  app.demo(20, async (stage) => {
    const { fillWithPosts } = await import('./demo/fill.ts')
    await fillWithPosts(blog, people, stage)
  })
}
