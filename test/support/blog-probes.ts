import { ONE_PIXEL } from './pictures.ts'
import {
  EVERYBODY,
  MEMBERS,
  MEMBERS_PAGE,
  MEMBERS_FORM,
  AUTHOR,
  AUTHOR_API,
  AUTHOR_PAGE,
  type Probe,
  type ProbeFacts,
} from './probe.ts'

const written = ({ draft }: ProbeFacts) => ({
  action: 'save',
  title: 'Changed by a form',
  markdown: 'Changed by a form.',
  baseRev: String(draft.rev),
})

/** Posts, their lists and feeds, and where they are written. */
export const BLOG_PROBES: Readonly<Record<string, Probe>> = {
  'POST /api/v1/blog/pictures': {
    upload: { bytes: ONE_PIXEL },
    gets: '401 201 201 201 201 201',
  },
  'POST /api/v1/posts': {
    json: () => ({ title: 'New', content: { markdown: 'New.' } }),
    gets: '401 201 201 201 201 201',
  },
  'GET /api/v1/posts/:id': { gets: AUTHOR },
  'PATCH /api/v1/posts/:id': {
    json: ({ draft }) => ({ baseRev: draft.rev, title: 'Changed by the API' }),
    gets: AUTHOR_API,
  },
  'DELETE /api/v1/posts/:id': {
    path: ({ draft }) => `/api/v1/posts/${draft.id}?baseRev=${draft.rev}`,
    gets: '401 404 404 404 404 204',
  },
  'PUT /api/v1/posts/:id/publication': {
    json: ({ draft }) => ({ baseRev: draft.rev }),
    gets: AUTHOR_API,
  },
  'DELETE /api/v1/posts/:id/publication': {
    path: ({ draft }) => `/api/v1/posts/${draft.id}/publication?baseRev=${draft.rev}`,
    gets: AUTHOR_API,
  },
  'GET /api/v1/posts/:id/revisions': { gets: AUTHOR_API },
  'GET /api/v1/posts/:id/comments': { gets: AUTHOR },
  'GET /api/v1/users/:username/posts': { gets: EVERYBODY },
  'GET /api/v1/feed': { gets: MEMBERS },
  'GET /posts': { gets: EVERYBODY },
  'GET /user/:username/blog': { gets: EVERYBODY },
  'GET /user/:username/blog/tag/:tag': { gets: EVERYBODY },
  'GET /user/:username/blog/archive/:month': { gets: EVERYBODY },
  'GET /user/:username/blog/:slug': { gets: AUTHOR },
  'POST /user/:username/blog/:slug': { form: () => ({ password: 'guess' }), gets: AUTHOR },
  'GET /feed.xml': { gets: EVERYBODY },
  'GET /user/:username/blog/feed.xml': { gets: EVERYBODY },
  'GET /user/:username/blog/tag/:tag/feed.xml': { gets: EVERYBODY },
  'GET /atom.xml': { gets: EVERYBODY },
  'GET /user/:username/blog/atom.xml': { gets: EVERYBODY },
  'GET /user/:username/blog/tag/:tag/atom.xml': { gets: EVERYBODY },
  'GET /feed.json': { gets: EVERYBODY },
  'GET /user/:username/blog/feed.json': { gets: EVERYBODY },
  'GET /user/:username/blog/tag/:tag/feed.json': { gets: EVERYBODY },
  'GET /sitemap.xml': { gets: EVERYBODY },
  'GET /sitemap-posts.xml': { gets: EVERYBODY },
  'GET /sitemap-blogs.xml': { gets: EVERYBODY },
  'GET /robots.txt': { gets: EVERYBODY },
  'GET /write': { gets: MEMBERS_PAGE },
  'GET /write/new': { gets: MEMBERS_PAGE },
  'POST /write/new': {
    form: () => ({ action: 'save', title: 'New', markdown: 'New.' }),
    gets: MEMBERS_FORM,
  },
  'GET /write/:id': { gets: AUTHOR_PAGE },
  'POST /write/:id': { form: written, gets: 'login 404 404 404 404 303' },
  'GET /write/:id/preview': { gets: AUTHOR_PAGE },
}
