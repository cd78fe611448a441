/*
 * The smallest honest page of a blog: bare node:http and node:sqlite over a station's own database,
 * three prepared queries, an escaping tag. No sessions, no settings, no log, one language. It prints
 * its address; `pages.ts` measures the station against it.
 */
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { standThere } from './standing.ts'

const [, , path = ''] = process.argv
const db = new DatabaseSync(path, { readOnly: true })
const onePost = db.prepare(
  `select p.id, p.author_id, p.title, p.published_at as at, p.tags, r.html, u.username, u.display_name as name
   from user_management_profiles u join blog_slugs s on s.author_id = u.user_id
   join blog_posts p on p.id = s.post_id join blog_readings r on r.post_id = p.id
   where u.username = ? and s.slug = ?`,
)
const allComments = db.prepare(
  `select id, parent_id as parent, author_name as name, html, created_at as at
   from blog_comments where post_id = ? and status = 'approved' order by created_at, id`,
)
const tenPosts = db.prepare(
  `select slug, title, listed_at as at from blog_posts
   where author_id = ? and listed_at is not null order by listed_at desc limit 10`,
)

type Row = Readonly<Record<string, string>>

interface Reply {
  readonly id: string
  readonly parent: string
  readonly name: string
  readonly html: string
  readonly at: string
  readonly replies: Reply[]
}

class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

function shown(value: unknown): string {
  if (value instanceof Markup) return value.text
  if (Array.isArray(value)) return value.map(shown).join('')
  const text = String(value)
  return /[&<>"]/.test(text) ? text.replaceAll(/[&<>"]/g, (sign) => SIGNS[sign] ?? '') : text
}

function html(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + shown(values[index - 1]) + part))
}

function comment({ id, name, at, html: text, replies }: Reply): Markup {
  return html`<li id="c${id}">
    <img src="/avatar/${id}.png" alt="${name}" width="32" height="32" /><b>${name}</b>
    <time datetime="${at}">${at}</time>
    <div>${new Markup(text ?? '')}</div>
    <a href="?reply=${id}">Ответить</a> ${
      replies.length > 0
        ? html`<ul>
            ${replies.map(comment)}
          </ul>`
        : ''
    }
  </li>`
}

function page(username: string, slug: string): string | undefined {
  const post = onePost.get(username, slug) as (Row & { html: Uint8Array }) | undefined
  if (!post) return undefined
  const found = allComments.all(post['id'] ?? '') as unknown as Omit<Reply, 'replies'>[]
  const rows: Reply[] = found.map((row) => ({ ...row, replies: [] }))
  const known = new Map<string, Reply>(rows.map((row) => [row.id, row]))
  const threads: Reply[] = []
  for (const row of known.values()) (known.get(row.parent)?.replies ?? threads).push(row)
  const side = tenPosts.all(post['author_id'] ?? '') as Row[]
  const tags = JSON.parse(post['tags'] ?? '[]') as Row[]
  const home = `/user/${username}/blog`
  return html`<!doctype html>
    <html lang="ru">
      <head>
        <meta charset="utf-8" />
        <title>${post['title']}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <a href="/">Quark-Light</a>
          <nav><a href="/posts">Все записи</a> <a href="${home}">${post['name']}</a></nav>
        </header>
        <main>
          <article>
            <h1>${post['title']}</h1>
            <p>${post['name']} <time datetime="${post['at']}">${post['at']}</time></p>
            <div>${new Markup(Buffer.from(post.html.buffer).toString())}</div>
            <ul>
              ${tags.map(({ name, slug: tag }) => html`<li><a href="${home}/tag/${tag}">${name}</a></li>`)}
            </ul>
          </article>
          <section>
            <h2>Разговор</h2>
            <ul>
              ${threads.map(comment)}
            </ul>
          </section>
        </main>
        <aside>
          <ul>
            ${side.map((each) => html`<li><a href="${home}/${each['slug']}">${each['title']}</a> <small>${each['at']}</small></li>`)}
          </ul>
        </aside>
        <footer>Quark-Light</footer>
      </body>
    </html>`.text
}

const server = createServer((request, response) => {
  const [, username, slug] = /^\/user\/([^/]+)\/blog\/([^/?]+)/.exec(request.url ?? '') ?? []
  const text = username !== undefined && slug !== undefined ? page(username, slug) : undefined
  const body = Buffer.from(text ?? '')
  response.writeHead(text === undefined ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.byteLength,
  })
  response.end(body)
})
standThere(server)
