import type { Actor, Locale } from '#core'
import type { Conversation, ShownComment } from '../reading/comments.ts'
import { reasonIn } from '../hiding/hiding.ts'
import type { People, Person } from '../people.ts'
import type { HiddenNote } from '../views/props.ts'
import type { ThreadComment, ThreadMention } from '../views/post-props.ts'
import { blogPath } from './listed.ts'

export interface Thread {
  readonly comments: readonly ThreadComment[]
  readonly mentions: readonly ThreadMention[]
  /** Subjects whose change makes the thread stale. */
  readonly shows: readonly string[]
}

/** Who reads a thread, and where. */
export interface ThreadReader {
  readonly postAuthorId: string
  readonly actor: Actor | null
  readonly locale: Locale
  /** Where a comment can be reported; takes `about`. */
  readonly report: string | undefined
}

/** A conversation with the names that its people have now; one call for all of them. */
export async function threadOf(
  people: People,
  { comments, mentions }: Conversation,
  { postAuthorId, actor, locale, report }: ThreadReader,
): Promise<Thread> {
  const ids = comments.flatMap(({ comment }) => comment.author_id ?? [])
  const known = ids.length === 0 ? new Map<string, Person>() : await people.withIds(ids)
  const account = (comment: ShownComment): Person | undefined =>
    comment.author_id === null ? undefined : known.get(comment.author_id)
  const nameOf = (comment: ShownComment): string => account(comment)?.name ?? comment.author_name
  return {
    comments: comments.map(({ comment, depth, parent }) => {
      const person = account(comment)
      return {
        id: comment.id,
        name: person?.name ?? comment.author_name,
        username: person?.username ?? comment.author_name,
        avatar: person?.avatar,
        href: person ? blogPath(person.username) : webAddress(comment.author_url),
        at: comment.created_at,
        html: comment.html,
        depth,
        replyTo: parent && nameOf(parent),
        isAuthor: comment.author_id === postAuthorId,
        hidden: hiddenFrom(comment, locale),
        reportHref: reportHref(comment, report, actor),
      }
    }),
    mentions: mentions.map((mention) => {
      const href = webAddress(mention.author_url)
      return {
        id: mention.id,
        title: mention.author_name,
        href,
        site: href === undefined ? undefined : new URL(href).host,
        at: mention.created_at,
      }
    }),
    shows: [...known.keys()].map((id) => `user/${id}`),
  }
}

/** Only addresses a browser opens as a page; what an import has brought may be anything. */
function webAddress(address: string | null): string | undefined {
  if (address === null || !URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  return protocol === 'http:' || protocol === 'https:' ? href : undefined
}

/** Why others do not see it; undefined while they do. */
export function hiddenFrom(
  kept: { readonly hidden_why: string | null; readonly withheld: number },
  locale: Locale,
): HiddenNote | undefined {
  const reason = reasonIn(kept.hidden_why)
  if (reason) return { why: reason.why[locale], words: reason.words, page: reason.page }
  return kept.withheld === 1 ? {} : undefined
}

function reportHref(
  { id, author_id: authorId }: ShownComment,
  report: string | undefined,
  actor: Actor | null,
): string | undefined {
  if (report === undefined || !actor || authorId === actor.id) return undefined
  return `${report}&about=${encodeURIComponent(`comment/${id}`)}`
}
