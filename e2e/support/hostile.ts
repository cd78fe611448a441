import { type BrowserContext, expect } from '@playwright/test'
import { DataFolder } from '../../test/support/data-folder.ts'
import type { StationProcess } from '../../test/support/station-process.ts'
import type { Newcomer } from './people.ts'

const LONG = 'Рентгеноэлектрокардиографического'.repeat(4)
/** Nothing to break it at: no hyphen, no slash, one script. */
const WORD = 'Длинношеее'.repeat(40)
const ADDRESS = `https://example.org/${'a-very-long-path/'.repeat(12)}`

/** Someone whose every word is wider than a phone. */
export const HOSTILE: Newcomer = {
  username: 'a-name-as-long-as-the-station-al',
  displayName: WORD.slice(0, 80),
}

const TAG_CHARS = 60
const MAX_BIO = 300
/** The address of the tag that both posts carry. */
export const HOSTILE_TAG = 'dlinnosheee'.repeat(6)

const MARKDOWN = `${LONG}

${WORD} [${WORD}](https://example.org/) **${WORD}** \`${WORD}\`

## ${LONG} и ещё

> ${LONG}

- ${LONG}
- ${ADDRESS}

| ${LONG} | б |
| --- | --- |
| \`${LONG}\` | ${LONG} |

\`\`\`js
const ${'long'.repeat(60)} = '${LONG}'
\`\`\`

<script>alert(1)</script> & "кавычки" ${'👩‍👩‍👧‍👦'.repeat(60)}

$$${'x + '.repeat(80)}y$$

Сноска[^1]

[^1]: ${LONG}
`

/** Tells of oneself in one word. */
export async function hostileBio(context: BrowserContext, origin: string): Promise<void> {
  const answer = await context.request.patch(`${origin}/api/v1/me`, {
    headers: { origin },
    data: { bio: WORD.slice(0, MAX_BIO) },
  })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** Brings a post with a thread of long names and words. @returns the path of its page. */
export function hostileThread(station: StationProcess): Promise<string> {
  const said = Array.from({ length: 6 }, () => ({ author: WORD, words: `${WORD} ${ADDRESS}` }))
  return importThread(station, HOSTILE.username, WORD, said)
}

interface Comment {
  readonly author: string
  readonly words: string
}

/** Brings a post with comments from elsewhere. @returns the path of its page. */
export async function importThread(
  station: Pick<StationProcess, 'quark'>,
  username: string,
  title: string,
  said: readonly Comment[],
): Promise<string> {
  using folder = new DataFolder()
  const file = folder.write('hostile.xml', exportOf(title, said.map(commentOf)))
  await station.quark('import', 'wordpress', file, '--user', username)
  return `/user/${username}/blog/thread`
}

/** Each answers the one before it, so that they stand as deep as they can. */
function commentOf({ author, words }: Comment, place: number): string {
  return `<wp:comment><wp:comment_id>${place + 1}</wp:comment_id>
<wp:comment_parent>${place}</wp:comment_parent><wp:comment_approved>1</wp:comment_approved>
<wp:comment_author>${escaped(author)}</wp:comment_author><wp:comment_author_url>${ADDRESS}</wp:comment_author_url>
<wp:comment_date_gmt>2011-02-03 04:05:06</wp:comment_date_gmt>
<wp:comment_content>${escaped(words)}</wp:comment_content></wp:comment>`
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function exportOf(title: string, comments: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">
<channel><title>Old</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>http://old.example</wp:base_blog_url><item><title>${escaped(title)}</title>
<link>http://old.example/thread</link><wp:post_id>1</wp:post_id>
<wp:post_date_gmt>2011-02-03 04:05:06</wp:post_date_gmt><wp:post_name>thread</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="post_tag" nicename="word">${WORD}</category>
<content:encoded>${escaped(title)}</content:encoded>${comments.join('')}</item></channel></rss>`
}

/** Publishes a post that no layout was made for. @returns the path of its page. */
export async function hostilePost(context: BrowserContext, origin: string): Promise<string> {
  const answer = await context.request.post(`${origin}/api/v1/posts`, {
    headers: { origin },
    data: {
      title: WORD.slice(0, 300),
      content: { markdown: MARKDOWN },
      excerpt: LONG,
      tags: [WORD.slice(0, TAG_CHARS), LONG.slice(0, TAG_CHARS), 'ж'],
      slug: 'long',
      status: 'published',
    },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  return `/user/${HOSTILE.username}/blog/long`
}
