import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import type { VNode } from 'preact'
import { type Locale, renderView, type Translate } from '#core'
import { AllPosts } from './all-posts.tsx'
import { BlogHome } from './blog-home.tsx'
import { ConflictPage } from './conflict.tsx'
import { LockedPost } from './locked-post.tsx'
import { PostPage } from './post.tsx'
import { PostsList } from './posts-list.tsx'
import type { BlogHomeProps } from './blog-props.ts'
import type { ListedPost } from './props.ts'
import type { OwnPost, WriteProps, WriteValues } from './write-props.ts'
import type { PostPageProps, ThreadComment } from './post-props.ts'
import { remembered } from './remembered.ts'
import { TagPage } from './tag-page.tsx'
import { WritePage } from './write.tsx'

const MODULE = join(import.meta.dirname, '..')
const TEXTS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ru: texts('ru'),
  en: texts('en'),
}

function texts(locale: Locale): Record<string, string> {
  const file = join(MODULE, 'locales', `${locale}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
}

/** Texts of the blog as they are written; those of the shared components by their keys. */
function translator(locale: Locale): Translate {
  return (key, values) => {
    const text = TEXTS[locale][key]
    if (text === undefined) {
      assert.ok(!key.startsWith('blog.'), `${locale} has no text ${key}`)
      return key
    }
    return String(
      new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).format(values),
    )
  }
}

const speech = (locale: Locale = 'ru') => ({
  t: translator(locale),
  locale,
  timeZone: 'Europe/Moscow',
})
const anna = { name: 'Анна Вересова', username: 'anna', href: '/user/anna/blog' }
const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)>'`

const listed = (
  title: string,
  publishedAt: string,
  more: Partial<ListedPost> = {},
): ListedPost => ({
  href: `/user/anna/blog/${encodeURIComponent(title)}`,
  title,
  publishedAt,
  minutes: 3,
  tags: [],
  ...more,
})

const blog = (more: Partial<BlogHomeProps> = {}, locale: Locale = 'ru'): BlogHomeProps => ({
  ...speech(locale),
  person: anna,
  postCount: 2,
  tags: [],
  view: 'list',
  viewHrefs: { list: '?', cards: '?view=cards' },
  posts: [listed('Первый лёд', '2026-11-05T06:00:00Z')],
  feeds: { rss: '/feed.xml', atom: '/atom.xml', json: '/feed.json' },
  archive: [],
  ...more,
})

const post = (more: Partial<PostPageProps> = {}, locale: Locale = 'ru'): PostPageProps => ({
  ...speech(locale),
  author: anna,
  post: {
    title: 'Год тумана: что видно',
    publishedAt: '2026-11-12T06:00:00Z',
    minutes: 9,
    html: '<p>Туман.</p>',
    toc: [],
    tags: [],
  },
  comments: [],
  mentions: [],
  ...more,
})

const comment = (id: string, more: Partial<ThreadComment> = {}): ThreadComment => ({
  id,
  name: 'Лев',
  username: 'lev',
  at: '2026-11-13T06:00:00Z',
  html: '<p>Да.</p>',
  depth: 0,
  ...more,
})

const values: WriteValues = {
  title: 'Ночной до Кеми',
  markdown: 'Поезд отходит в 23:48.',
  slug: '',
  tags: 'поезда, север',
  excerpt: '',
  visibility: 'public',
  publishAt: '',
}

const write = (more: Partial<WriteProps> = {}, locale: Locale = 'ru'): WriteProps => ({
  ...speech(locale),
  action: '/write/p1',
  post: { id: 'p1', rev: 3, state: 'draft', savedAt: '2026-11-22T11:32:00Z' },
  values,
  words: 684,
  minutes: 4,
  backHref: '/write',
  addressPrefix: '/user/anna/blog/',
  gate: [],
  api: '/api/v1/posts',
  editPrefix: '/write/',
  ...more,
})

const ownPost = (state: OwnPost['state']): OwnPost => ({
  id: state,
  editHref: `/write/${state}`,
  title: '',
  state,
  hidden: false,
  visibility: 'public',
  updatedAt: '2026-11-22T11:32:00Z',
  words: 3,
})

/** Every page with something in it, in both languages. */
function pages(locale: Locale): Readonly<Record<string, VNode>> {
  const talk = [comment('1'), comment('2', { depth: 4, replyTo: 'Лев', isAuthor: true })]
  const mentions = [
    { id: 'm', title: 'Там', href: 'https://example.org', at: '2026-11-13T06:00:00Z' },
  ]
  const toc = ['один', 'два', 'три'].map((text) => ({ id: `h-${text}`, text, level: 2 }))
  const page = post({
    comments: talk,
    mentions,
    banner: { kind: 'scheduled', at: talk[0]?.at ?? '' },
  })
  const own4 = { writeHref: '/write/new', draftsHref: '/write', drafts: 4 }
  const archive = [{ month: '2026-11', count: 7, href: '/m' }]
  const full = blog({ own: own4, archive, more: { href: '?c', left: 41 } }, locale)
  return {
    home: <BlogHome {...full} person={{ ...anna, since: '2026-01' }} />,
    empty: <BlogHome {...blog({ posts: [] }, locale)} />,
    emptyOwn: <BlogHome {...blog({ posts: [], own: own4 }, locale)} />,
    tag: <TagPage {...full} posts={[]} part={{ kind: 'tag', name: 'озеро', count: 14 }} />,
    all: <AllPosts {...speech(locale)} posts={[]} more={{ href: '?c' }} />,
    post: <PostPage {...page} {...speech(locale)} post={{ ...page.post, toc }} editHref="/w" />,
    unlisted: <PostPage {...post({ banner: { kind: 'unlisted' } }, locale)} />,
    draft: <PostPage {...post({ banner: { kind: 'draft' } }, locale)} />,
    locked: (
      <LockedPost
        {...speech(locale)}
        title=""
        author={anna}
        publishedAt="2026-01-01"
        action="/"
        wrong
      />
    ),
    write: <WritePage {...write({}, locale)} />,
    refused: <WritePage {...write({ errors: { slug: 'занят', title: 'длинный' } }, locale)} />,
    conflicting: <WritePage {...write({ conflict: { compareHref: '/c' } }, locale)} />,
    previewed: <WritePage {...write({ preview: '<p>Туман.</p>' }, locale)} />,
    published: (
      <WritePage
        {...write(
          { post: { id: 'p', rev: 1, state: 'published', href: '/p', savedAt: '2026-01-01' } },
          locale,
        )}
      />
    ),
    scheduled: (
      <WritePage
        {...write({ post: { id: 'p', rev: 1, state: 'scheduled', savedAt: '2026-01-01' } }, locale)}
        values={{ ...values, publishAt: '2026-12-01T09:30' }}
      />
    ),
    conflict: (
      <ConflictPage
        {...speech(locale)}
        action="/w"
        mine={values}
        theirs={{ title: '', markdown: 'Другой', rev: 5, savedAt: '2026-01-01' }}
        theirsHref="/w"
      />
    ),
    own: (
      <PostsList
        {...speech(locale)}
        writeHref="/write/new"
        drafts={[ownPost('draft'), ownPost('scheduled')]}
        posts={[ownPost('published')]}
        more={{ href: '?c' }}
      />
    ),
    ownEmpty: <PostsList {...speech(locale)} writeHref="/write/new" drafts={[]} posts={[]} />,
  }
}

test('every page has all its texts in both languages and carries no script and no style', () => {
  for (const locale of ['ru', 'en'] as const) {
    for (const [name, page] of Object.entries(pages(locale))) {
      const html = renderView(page)
      assert.doesNotMatch(html, /<script|<style|\sstyle=|\son[a-z]+=|javascript:/i, name)
      assert.doesNotMatch(html, /undefined|NaN|\[object/, name)
    }
  }
})

test('the two languages have the same keys, and every key is used', () => {
  assert.deepEqual(Object.keys(TEXTS.ru), Object.keys(TEXTS.en))
  const sources = globSync('**/*.{ts,tsx}', {
    cwd: MODULE,
    exclude: (path) => path.includes('.test.'),
  })
  const code = sources.map((file) => readFileSync(join(MODULE, file), 'utf8')).join('\n')
  const unused = Object.keys(TEXTS.ru).filter((key) => {
    const family = key.slice(0, key.lastIndexOf('.') + 1)
    const isFamily = code.includes(`\`${family}\${`)
    return !code.includes(`'${key}'`) && !isFamily && !isBanner(key) && !isArchive(key)
  })
  assert.deepEqual(unused, [])
})

/** What the archive of a person's data calls the blog and its files. */
function isArchive(key: string): boolean {
  return /^archive\.blog(\.[\w-]+\.json)?$/.test(key)
}

/** `blog.banner.${kind}.text` */
function isBanner(key: string): boolean {
  return /^blog\.banner\.\w+\.text$/.test(key)
}

test('what people wrote is shown literally', () => {
  const hostile = listed(HOSTILE, '2026-11-05T06:00:00Z', {
    excerpt: HOSTILE,
    tags: [{ name: HOSTILE, href: '/t' }],
  })
  const html = [
    <BlogHome {...blog({ posts: [hostile], person: { ...anna, name: HOSTILE, bio: HOSTILE } })} />,
    <PostPage
      {...post({
        comments: [comment('1', { name: HOSTILE, username: HOSTILE, replyTo: HOSTILE })],
      })}
    />,
    <WritePage
      {...write({ values: { ...values, title: HOSTILE, markdown: `</textarea>${HOSTILE}` } })}
    />,
  ]
    .map((page) => renderView(page))
    .join('')
  assert.doesNotMatch(html, /<script|<img src=x|<\/textarea>"/)
  assert.match(html, /&lt;script/)
})

test('posts stand under their months, in the time zone of the reader', () => {
  const posts = [
    listed('Ноябрь', '2026-10-31T22:00:00Z'),
    listed('Октябрь', '2026-10-31T20:00:00Z'),
    listed('Ещё октябрь', '2026-10-02T20:00:00Z'),
  ]
  const html = renderView(<BlogHome {...blog({ posts })} />)
  const heads = [...html.matchAll(/month-title">([^<]+)/g)].map(([, title]) => title)
  assert.deepEqual(heads, ['Ноябрь 2026', 'Октябрь 2026'])
  assert.match(html, /<time datetime="2026-10-31T22:00:00Z">1 ноября<\/time>/)
})

test('the bars of the archive are classes and spoken links', () => {
  const archive = [
    { month: '2026-10', count: 0 },
    { month: '2026-11', count: 7, href: '/n' },
    { month: '2026-12', count: 14, href: '/d' },
  ]
  const html = renderView(<BlogHome {...blog({ archive })} />)
  assert.match(html, /h-0"/)
  assert.match(
    html,
    /href="\/n" aria-label="Ноябрь 2026: 7 записей"><span class="archive-bar h-50"/,
  )
  assert.match(html, /href="\/d"[^>]*aria-current="true"><span class="archive-bar h-100"/)
})

test('a stranger sees no way to write, and the owner does', () => {
  const stranger = renderView(<BlogHome {...blog()} />)
  assert.doesNotMatch(stranger, /write/)
  const own = { writeHref: '/write/new', draftsHref: '/write', drafts: 2 }
  const owner = renderView(<BlogHome {...blog({ own })} />)
  assert.match(owner, /href="\/write\/new"/)
  assert.match(owner, /2 черновика/)
})

test('contents appear from three headings on', () => {
  const toc = ['один', 'два', 'три'].map((text) => ({ id: `h-${text}`, text, level: 2 }))
  const page = post()
  const drawn = (count: number): string =>
    renderView(<PostPage {...page} post={{ ...page.post, toc: toc.slice(0, count) }} />)
  assert.doesNotMatch(drawn(2), /href="#h-один"/)
  assert.match(drawn(3), /href="#h-один"/)
})

test('replies are drawn one level deep; deeper ones name whom they answer', () => {
  const html = renderView(
    <PostPage
      {...post({
        comments: [
          comment('1'),
          comment('2', { depth: 1, replyTo: 'Лев' }),
          comment('3', { depth: 7, replyTo: 'Анна' }),
        ],
      })}
    />,
  )
  assert.equal(html.match(/class="comment reply"/g)?.length, 2)
  assert.equal(html.match(/→/g)?.length, 1)
  assert.match(html, /→ Анна/)
})

test('a post that nobody has answered has no conversation and no field for one', () => {
  const html = renderView(<PostPage {...post()} />)
  assert.doesNotMatch(html, /id="comments"|<form|<textarea/)
})

test('addresses of commenters carry no recommendation of the station', () => {
  const html = renderView(
    <PostPage {...post({ comments: [comment('1', { href: 'https://example.org' })] })} />,
  )
  assert.match(html, /href="https:\/\/example.org" rel="ugc nofollow noopener"/)
})

test('the first button of the writing form saves, so that Enter publishes and deletes nothing', () => {
  const html = renderView(<WritePage {...write()} />)
  const [first] = html.match(/<button[^>]*type="submit"[^>]*>|<button(?![^>]*type=)[^>]*>/g) ?? []
  assert.match(first ?? '', /value="save"/)
})

const mainLabel = (more: Partial<WriteProps>): string =>
  /value="publish"[^>]*>(?:<span[^>]*>)?([^<]+)/.exec(
    renderView(<WritePage {...write(more)} />),
  )?.[1] ?? ''

test('the main button says what it will do', () => {
  assert.equal(mainLabel({}), 'Опубликовать сейчас')
  assert.equal(
    mainLabel({ values: { ...values, publishAt: '2026-12-01T09:30' } }),
    'Опубликовать 1 декабря 2026, 9:30',
  )
  const published = { id: 'p', rev: 1, state: 'published', savedAt: '2026-01-01' } as const
  assert.equal(mainLabel({ post: published }), 'Обновить запись')
})

test('a refused form keeps what was typed, opens the sheet and names the field', () => {
  const html = renderView(<WritePage {...write({ errors: { slug: 'Этот адрес занят.' } })} />)
  assert.match(html, /<details class="sheet" open/)
  assert.match(html, /Этот адрес занят\./)
  assert.match(html, /Поезд отходит в 23:48\./)
  assert.match(html, /data-unsaved/)
  assert.doesNotMatch(html, /data-pills="saved"/)
})

test('deleting asks by the name of the post', () => {
  const html = renderView(<WritePage {...write()} />)
  assert.match(html, /Удалить «Ночной до Кеми»\?/)
})

test('what is remembered is right also after everything was forgotten', () => {
  let asked = 0
  const twice = remembered(2, (text) => {
    asked += 1
    return text + text
  })
  assert.deepEqual(
    ['a', 'a', 'b', 'c', 'a'].map((text) => twice(text)),
    ['aa', 'aa', 'bb', 'cc', 'aa'],
  )
  assert.equal(asked, 4)
})
