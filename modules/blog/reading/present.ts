import { postPath } from '../announcement.ts'
import type { ContentInput } from '../writing/content.ts'
import type { Cover, TagName } from '../writing/details.ts'
import type { Dropped } from '../document/index.ts'
import type { ListedRow } from './lists.ts'
import type { PostDto, PostSummaryDto } from '../schema.ts'
import { isKeptBack } from '../policy.ts'
import type { PostTable } from '../tables.ts'

type Summarised = Pick<
  PostTable,
  | 'id'
  | 'slug'
  | 'title'
  | 'excerpt'
  | 'tags'
  | 'minutes'
  | 'comment_count'
  | 'password'
  | 'updated_at'
> & { readonly published_at: string | null }

/** A post in a list, as clients read it. Nothing of a text behind a password is in it. */
export function summaryOf(post: Summarised, username: string): PostSummaryDto {
  const isOpen = post.password === null
  return {
    id: post.id,
    username,
    slug: post.slug,
    url: postPath(username, post.slug),
    title: post.title,
    excerpt: isOpen ? post.excerpt : '',
    tags: tagsOf(post).map(({ name }) => name),
    minutes: post.minutes,
    comments: post.comment_count,
    protected: !isOpen,
    publishedAt: post.published_at,
    updatedAt: post.updated_at,
  }
}

export function listedSummary(post: ListedRow, username: string): PostSummaryDto {
  return summaryOf({ ...post, published_at: post.listed_at }, username)
}

export interface Shown {
  readonly content?: ContentInput
  readonly dropped?: readonly Dropped[]
  /** Readers of a post with a password see its name only. */
  readonly isOpen: boolean
}

/** A whole post, as clients read it. */
export function postOf(post: PostTable, username: string, shown: Shown): PostDto {
  const { content, dropped = [], isOpen } = shown
  return {
    ...summaryOf(isOpen ? { ...post, password: null } : post, username),
    protected: post.password !== null,
    status: post.status,
    visibility: post.visibility,
    rev: post.rev,
    lead: isOpen ? post.lead : '',
    lang: post.lang,
    words: post.words,
    cover: post.cover === null || !isOpen ? null : (JSON.parse(post.cover) as Cover),
    pinned: post.pinned === 1,
    createdAt: post.created_at,
    publishAt: post.publish_at,
    ...(isKeptBack(post) ? { hidden: true } : {}),
    ...(content ? { content } : {}),
    ...(dropped.length > 0 ? { dropped: [...dropped] } : {}),
  }
}

export function tagsOf({ tags }: Pick<PostTable, 'tags'>): readonly TagName[] {
  return JSON.parse(tags) as TagName[]
}
