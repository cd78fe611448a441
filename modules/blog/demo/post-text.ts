import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DemoPost, POSTS } from './posts.ts'

/** Where a reader finds the post. */
export function addressOf({ author, slug }: DemoPost): string {
  return `/user/${author}/blog/${slug}`
}

/** Names in the address of a picture or a link: `media:<name>` and `post:<name>`. */
const REFERENCE = /\]\((media|post):([a-z0-9-]+)/g

/** The names that a text refers to, in its order. */
export function referencesIn(markdown: string, kind: 'media' | 'post'): string[] {
  return [...markdown.matchAll(REFERENCE)].flatMap(([, found, name]) =>
    found === kind && name !== undefined ? [name] : [],
  )
}

/**
 * The text of a post in Markdown, its pictures pointing at uploads and its links at posts.
 *
 * @param pictureIds the upload of each picture by name.
 * @throws when a picture of the text has no upload, or a link no post.
 */
export async function readPost(
  post: DemoPost,
  pictureIds: ReadonlyMap<string, string>,
): Promise<string> {
  const markdown = await readText(post)
  return markdown.replaceAll(REFERENCE, (_, kind: string, name: string) => {
    const target = kind === 'media' ? pictureIds.get(name) : addressOfFile(name)
    if (target === undefined) throw new Error(`${post.file}.md refers to ${kind}:${name}`)
    return kind === 'media' ? `](media:${target}` : `](${target}`
  })
}

/** The text as it was written. */
export function readText({ file }: DemoPost): Promise<string> {
  return readFile(join(import.meta.dirname, 'posts', `${file}.md`), 'utf8')
}

function addressOfFile(file: string): string | undefined {
  const post = POSTS.find((one) => one.file === file)
  return post && addressOf(post)
}
