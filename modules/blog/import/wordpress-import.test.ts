import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { SaxesParser } from 'saxes'
import { DataFolder } from '../../../test/support/data-folder.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { sharedData } from '../../../test/support/shared-data.ts'
import { shownPage } from '../../../test/support/shown-page.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { tableDigest } from '../../../test/support/table-digest.ts'
import type { ImportReport } from './report.ts'

const EXPORT = sharedData('themeunittestdata.wordpress.xml')

interface Progress {
  readonly id: string
  readonly done: number
  readonly total: number
  readonly isFinished: boolean
  readonly report: ImportReport | null
}

function begin({ station }: TestStation, file: string, username = 'alice'): Promise<Progress> {
  return station.calls.call('blog.import', { file, username }) as Promise<Progress>
}

function step({ station }: TestStation, { id }: Progress): Promise<Progress> {
  return station.calls.call('blog.import-step', { id }) as Promise<Progress>
}

async function finish(t: TestStation, begun: Progress): Promise<ImportReport> {
  let progress = begun
  while (!progress.isFinished) progress = await step(t, progress)
  assert.equal(progress.done, progress.total)
  assert.ok(progress.report)
  return progress.report
}

function value(text: string, tag: string): string {
  return new RegExp(`<${tag}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(text)?.[1]?.trim() ?? ''
}

function isMentioned(comment: string): boolean {
  return /trackback|pingback/.test(value(comment, 'wp:comment_type'))
}

/** What the file holds, counted without any of the importer's code. */
function independentCount(xml: string) {
  const items = xml.split('<item>').slice(1)
  const ofType = (type: string): string[] =>
    items.filter((item) => value(item, 'wp:post_type') === type)
  const posts = ofType('post')
  const texts = [...posts, ...ofType('page')]
  const comments = texts.flatMap((item) => item.split('<wp:comment>').slice(1))
  const ordinary = comments.filter((comment) => !isMentioned(comment))
  const approved = (wanted: string): number =>
    ordinary.filter((comment) => value(comment, 'wp:comment_approved') === wanted).length
  const having = (tag: string, fits: (text: string) => boolean): number =>
    texts.filter((item) => fits(value(item, tag))).length
  return {
    posts: posts.length,
    pages: texts.length - posts.length,
    media: ofType('attachment').length,
    comments: {
      approved: approved('1'),
      pending: approved('0'),
      mentions: comments.length - ordinary.length,
    },
    categories: xml.split('<wp:category>').length - 1,
    tags: xml.split('<wp:tag>').length - 1,
    drafts: having('wp:status', (status) => status === 'draft'),
    scheduled: having('wp:status', (status) => status === 'future'),
    sticky: having('wp:is_sticky', (sticky) => sticky === '1'),
    protected: having('wp:post_password', (password) => password !== ''),
    untitled: having('title', (title) => title === ''),
    skipped: { nav_menu_item: ofType('nav_menu_item').length },
  }
}

/** What stands in the database, in the words of {@link independentCount}. */
async function keptCount({ station }: TestStation) {
  const number = async (sql: string): Promise<number> => {
    const [row] = await station.database.reader.all(`select count(*) as n from ${sql}`)
    return Number(row?.['n'])
  }
  const comments = (kind: string, status: string): Promise<number> =>
    number(`blog_comments where kind = '${kind}' and status = '${status}'`)
  return {
    posts: await number(`blog_posts where kind = 'post'`),
    pages: await number(`blog_posts where kind = 'page'`),
    media: await number('blog_media'),
    comments: {
      approved: await comments('comment', 'approved'),
      pending: await comments('comment', 'pending'),
      mentions: await number(`blog_comments where kind = 'mention'`),
    },
    drafts: await number(`blog_posts where status = 'draft'`),
    scheduled: await number(`blog_posts where status = 'scheduled'`),
    sticky: await number('blog_posts where pinned = 1'),
    protected: await number('blog_posts where password is not null'),
    untitled: await number(`blog_posts where title = ''`),
  }
}

/** Every post as one line, in an order that does not depend on ids. */
async function postLines({ station }: TestStation): Promise<string[]> {
  const rows = await station.database.reader.all(
    `select source_key, kind, status, visibility, slug, title, words, tags, comment_count,
       published_at, publish_at from blog_posts order by source_key`,
  )
  return rows.map((row) => Object.values(row).join(' | '))
}

for (const dialect of DIALECTS) {
  test(
    `${dialect}: a blog moves in with exactly what its export holds, once`,
    EXPORT.needed,
    async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const report = await finish(t, await begin(t, EXPORT.path))
      const counted = independentCount(readFileSync(EXPORT.path, 'utf8'))
      const { added, authors, failed, waiting, dropped, ...found } = report
      assert.deepEqual(found, counted)
      assert.deepEqual(counted.comments, { approved: 25, pending: 3, mentions: 4 })
      assert.deepEqual([counted.posts, counted.pages, counted.media], [51, 21, 38])
      const { categories: _c, tags: _t, skipped: _s, ...expected } = counted
      assert.deepEqual(await keptCount(t), expected)
      assert.deepEqual(failed, [])
      assert.equal(authors.length, 2)
      assert.equal(waiting.length, counted.media)
      assert.ok(dropped.every(({ post, what }) => post !== '' && what !== ''))
      assert.deepEqual(added, { posts: 51, pages: 21, media: 38, comments: 32 })
      const created = t.events.filter(({ type }) => type === 'post.created')
      assert.equal(created.length, counted.posts + counted.pages)

      const before = await postLines(t)
      const again = await finish(t, await begin(t, EXPORT.path))
      assert.deepEqual(again.added, { posts: 0, pages: 0, media: 0, comments: 0 })
      assert.deepEqual({ ...again, added }, report)
      assert.deepEqual(await postLines(t), before)
      assert.deepEqual(await keptCount(t), expected)
      assert.equal(t.events.filter(({ type }) => type === 'post.created').length, created.length)
      assert.deepEqual(t.warnings, [])
    },
  )
}

test(
  'an import that stops in the middle goes on in another process, with the same result',
  EXPORT.needed,
  async () => {
    await using whole = await buildTestStation({ dialect: 'sqlite' })
    await whole.person('alice')
    await finish(whole, await begin(whole, EXPORT.path))
    using data = new DataFolder()
    const options = { dialect: 'sqlite', dataDir: data.dir } as const
    let done: number
    {
      await using t = await buildTestStation(options)
      await t.person('alice')
      const half = await step(t, await begin(t, EXPORT.path))
      done = half.done
      assert.ok(done > 0 && !half.isFinished, `${done} of ${half.total}`)
    }
    await using t = await buildTestStation(options)
    const report = await finish(t, await begin(t, EXPORT.path))
    const { added } = report
    assert.ok(added.posts + added.pages + added.media < 110 && added.posts > 0)
    assert.deepEqual(await keptCount(t), await keptCount(whole))
    assert.deepEqual(await postLines(t), await postLines(whole))
  },
)

suite('a blog that has moved in', () => {
  test('shows every page, leads nowhere in vain and runs nothing', EXPORT.needed, async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    await t.person('alice')
    await finish(t, await begin(t, EXPORT.path))
    const rows = await t.station.database.reader.all('select slug, status, title from blog_posts')
    const links = new Set(['/user/alice', '/user/alice/blog', '/posts', '/'])
    for (const { slug, status, title } of rows) {
      const answer = await t.stranger().get(`/user/alice/blog/${String(slug)}`)
      assert.equal(answer.status, status === 'published' ? 200 : 404, String(title))
      const page = shownPage(answer.text)
      assert.deepEqual(page.active(), [], String(title))
      for (const href of page.values('href')) if (/^\/[^/]/.test(href)) links.add(href)
    }
    assert.ok(links.size > 150, `${links.size} links`)
    for (const href of links) {
      const { status } = await t.stranger().get(href)
      assert.ok(status < 400, `${href}: ${status}`)
    }
    for (const feed of ['/feed.xml', '/user/alice/blog/atom.xml', '/sitemap-posts.xml']) {
      const { text } = await t.stranger().get(feed)
      assert.doesNotThrow(() => new SaxesParser({ xmlns: true }).write(text).close(), feed)
      assert.doesNotMatch(text, /<script|javascript:/i)
    }
    assert.deepEqual(t.warnings, [])
  })

  test('keeps its threads, its lock, its order and its plans', EXPORT.needed, async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    await finish(t, await begin(t, EXPORT.path))
    const { reader } = t.station.database
    const parents = new Map(
      (await reader.all('select id, parent_id from blog_comments')).map(
        ({ id, parent_id: parent }) => [String(id), parent === null ? undefined : String(parent)],
      ),
    )
    const depth = (id: string | undefined): number =>
      id === undefined ? 0 : 1 + depth(parents.get(id))
    assert.equal(Math.max(...[...parents.keys()].map(depth)), 10)

    const talk = shownPage((await t.stranger().get('/user/alice/blog/template-comments')).text)
    assert.equal(talk.texts('.comment-text').length, 19)
    const [pending] = await reader.all(`select html from blog_comments where status = 'pending'`)
    const words = shownPage(`<main>${String(pending?.['html'])}</main>`).text('main') ?? ''
    assert.ok(words.length > 10)
    assert.ok(talk.texts('.comment-text').every((text) => !text.includes(words)))

    const [locked] = await reader.all('select id, slug from blog_posts where password is not null')
    const address = `/user/alice/blog/${String(locked?.['slug'])}`
    const api = await alice.get(`/api/v1/posts/${String(locked?.['id'])}?format=markdown`)
    const { content } = api.json<{ content: { markdown: string } }>()
    const secret = content.markdown.slice(0, 30)
    assert.ok(secret.length > 10)
    const shut = await t.stranger().get(address)
    assert.ok(!shut.text.includes(secret))
    assert.ok(!(await t.stranger().submit(address, { password: 'open' })).text.includes(secret))
    assert.ok((await t.stranger().submit(address, { password: 'enter' })).text.includes(secret))

    const blog = shownPage((await t.stranger().get('/user/alice/blog')).text)
    assert.match(blog.texts('article').at(0) ?? '', /Template: Sticky/)
    const planned = await reader.all(
      `select title, publish_at from blog_posts where status = 'scheduled'`,
    )
    assert.deepEqual(
      planned.map((row) => ({ ...row })),
      [{ title: 'Scheduled', publish_at: '2030-01-01T19:00:18.000Z' }],
    )
    const untitled = await reader.all(`select slug from blog_posts where title = ''`)
    assert.ok(String(untitled[0]?.['slug']).length > 0)
  })
})

const wrap = (items: string, version = '1.1'): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/${version}/" xmlns:excerpt="http://wordpress.org/export/${version}/excerpt/">
<channel><title>Old</title><wp:wxr_version>${version}</wp:wxr_version>
<wp:base_blog_url>http://old.example</wp:base_blog_url>${items}</channel></rss>`
const item = (fields: string): string => `<item>
<title>One</title><link>http://old.example/one</link><wp:post_id>1</wp:post_id>
<wp:post_date_gmt>2011-02-03 04:05:06</wp:post_date_gmt><wp:post_name>one</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>${fields}</item>`

async function imported(t: TestStation, xml: string): Promise<ImportReport> {
  using file = new DataFolder()
  return await finish(t, await begin(t, file.write('export.xml', xml)))
}

const comment = (id: number, approved: string): string => `<wp:comment>
<wp:comment_id>${id}</wp:comment_id><wp:comment_approved>${approved}</wp:comment_approved>
<wp:comment_content>Number ${id}</wp:comment_content></wp:comment>`

suite('an export of doubtful origin', () => {
  const BROKEN: Readonly<Record<string, (xml: string) => string | Buffer>> = {
    'cut in the middle': (xml) => xml.slice(0, xml.length / 2),
    'cut just before its end': (xml) => xml.slice(0, xml.lastIndexOf('</channel>')),
    empty: () => '',
    'no XML': () => 'Dear diary, today it rained.',
    'a web page': () => '<!doctype html><html><body><p>Not found</p></body></html>',
    'another feed': () => '<rss version="2.0"><channel><title>News</title></channel></rss>',
    'entities that grow': (xml) =>
      xml.replace(
        '<rss',
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss',
      ),
    'a document type after a long comment': (xml) =>
      xml.replace(
        '<rss',
        `<!--${'x'.repeat(100_000)}--><!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss`,
      ),
    'tags that cross': (xml) => xml.replace('</title>', '</wp:title>'),
    'an unknown entity': (xml) => xml.replace('<title>One', '<title>&nbsp;One'),
    'a NUL': (xml) => xml.replace('<title>One', '<title>\0One'),
    'half of it in another encoding': (xml) => Buffer.from(xml.replace('One', 'Один'), 'utf16le'),
  }

  test('that is broken is refused with a code, and nothing is written', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    await t.person('alice')
    using folder = new DataFolder()
    const whole = wrap(item('<content:encoded>Text</content:encoded>'))
    await t.settle()
    const before = await tableDigest(t.station.database)
    for (const [what, damaged] of Object.entries(BROKEN)) {
      const file = folder.write('export.xml', damaged(whole))
      await assert.rejects(begin(t, file), { code: 'QL_BLOG_IMPORT_BROKEN' }, what)
    }
    await assert.rejects(begin(t, `${folder.dir}/nothing.xml`), { code: 'QL_BLOG_IMPORT_FILE' })
    await assert.rejects(begin(t, folder.dir), { code: 'QL_BLOG_IMPORT_FILE' })
    const good = folder.write('export.xml', whole)
    await assert.rejects(begin(t, good, 'nobody'), { code: 'QL_BLOG_IMPORT_NOBODY' })
    await assert.rejects(t.station.calls.call('blog.import-step', { id: 'unknown' }), {
      code: 'QL_BLOG_IMPORT_UNKNOWN',
    })
    assert.equal(await tableDigest(t.station.database), before)
    assert.deepEqual((await finish(t, await begin(t, good))).added.posts, 1)
  })

  test('can be begun by the operator alone', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    for (const name of ['blog.import', 'blog.import-step']) {
      await assert.rejects(t.station.calls.call(name, {}, 'modules'), {
        code: 'QL_CALL_UNAVAILABLE',
      })
    }
  })

  test('brings nothing that runs, through no field', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    await t.person('alice')
    const probes = [
      '<img src="javascript:alert(1)">',
      '<a href="data:text/html,<script>alert(1)</script>">x</a>',
      '<a href=" java&#10;script:alert(1)">x</a>',
      '"><img src=x onerror=alert(1)>',
      '</script><script>alert(1)</script>',
      '<svg><foreignObject><iframe src="//evil.example"></iframe></foreignObject></svg>',
      '<svg onload=alert(1)>',
      '<pre class="brush: &quot;><script>alert(1)</script>">x</pre>',
      '<form action="javascript:alert(1)"><button>x</button></form>',
      '<style>body{background:url(//evil.example)}</style>',
      '[caption id="x" onload="alert(1)"]<img src="x" onerror="alert(1)">[/caption]',
      '<!-- wp:html --><script>alert(1)</script><!-- /wp:html -->',
      '<div hx-get="//evil.example" data-hx-on="x">x</div>',
    ].join('\n')
    const cdata = probes.replaceAll(']]>', ']] >')
    const field = (name: string): string => `<${name}><![CDATA[${cdata}]]></${name}>`
    const xml = wrap(
      item(`${field('content:encoded')}${field('excerpt:encoded')}
<category domain="post_tag" nicename="probe"><![CDATA[<script>alert(1)</script>]]></category>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_approved>1</wp:comment_approved>
<wp:comment_date_gmt>2011-02-03 05:00:00</wp:comment_date_gmt>
${field('wp:comment_author')}<wp:comment_author_url>javascript:alert(1)</wp:comment_author_url>
${field('wp:comment_content')}</wp:comment>`).replace(
        '<title>One</title>',
        '<title><![CDATA[</title><script>alert(1)</script>]]></title>',
      ),
    )
    const report = await imported(t, xml)
    assert.deepEqual(report.failed, [])
    assert.ok(report.dropped.length > 0)
    const page = await t.stranger().get('/user/alice/blog/one')
    assert.equal(page.status, 200)
    for (const path of ['/user/alice/blog/one', '/user/alice/blog', '/posts', '/', '/user/alice']) {
      const { text } = await t.stranger().get(path)
      assert.deepEqual(shownPage(text).active(), [], path)
      assert.doesNotMatch(text, /<[^>]+ (?:data-)?hx-/i, path)
    }
    assert.equal(shownPage(page.text).texts('.comment-text').length, 1)
  })

  test('gives names in other scripts an address that tells posts apart', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    await t.person('alice')
    const cut = encodeURIComponent('θάλασσα').slice(0, -3)
    const names = ['καλημέρα-κόσμε-2', '日本語-2', '日本語-3'].map(encodeURIComponent)
    const posts = [...names, cut].map((name, id) =>
      item('<content:encoded>Text</content:encoded>')
        .replace('>1<', `>${id + 1}<`)
        .replace('<title>One', '<title>日本語')
        .replace('name>one<', `name>${name}<`),
    )
    const report = await imported(t, wrap(posts.join('')))
    assert.deepEqual(report.failed, [])
    const rows = await t.station.database.reader.all(
      'select slug from blog_posts order by source_key',
    )
    const slugs = rows.map(({ slug }) => String(slug))
    assert.deepEqual([slugs[0], slugs[3]], ['kalimera-kosme-2', 'thalass'])
    for (const slug of slugs.slice(1, 3)) assert.match(slug, /^p-[0-9a-f]{8}$/)
  })

  test('keeps what was private private and leaves spam behind', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const own = item('<content:encoded>For me alone</content:encoded>').replace(
      'publish',
      'private',
    )
    const other = item(['1', 'spam', 'trash', '0'].map((how, id) => comment(id, how)).join(''))
      .replace('<wp:post_id>1<', '<wp:post_id>2<')
      .replace('<wp:post_name>one<', '<wp:post_name>two<')
    const report = await imported(t, wrap(own + other))
    assert.deepEqual(report.comments, { approved: 1, pending: 1, mentions: 0 })
    assert.equal((await t.stranger().get('/user/alice/blog/one')).status, 404)
    assert.equal((await alice.get('/user/alice/blog/one')).status, 200)
    const { text } = await t.stranger().get('/user/alice/blog/two')
    assert.match(text, /Number 0/)
    assert.doesNotMatch(text, /Number [123]/)
  })
})
