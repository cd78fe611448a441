import type { VNode } from 'preact'
import { FreshPosts } from '#core'
import type { LatestProps } from './blog-props.ts'

/** The blog's part of the station's first page. */
export function Latest(props: LatestProps): VNode {
  return <FreshPosts {...props} />
}
