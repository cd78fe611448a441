import { type BrowserContext, expect } from '@playwright/test'
import type { Newcomer } from './people.ts'

const LONG = 'Рентгеноэлектрокардиографического'.repeat(4)
const ADDRESS = `https://example.org/${'a-very-long-path/'.repeat(12)}`

/** Someone whose every word is wider than a phone. */
export const HOSTILE: Newcomer = {
  username: 'a-name-as-long-as-the-station-al',
  displayName: LONG.slice(0, 80),
}

const MARKDOWN = `${LONG}

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

/** Publishes a post that no layout was made for. @returns the path of its page. */
export async function hostilePost(context: BrowserContext, origin: string): Promise<string> {
  const answer = await context.request.post(`${origin}/api/v1/posts`, {
    headers: { origin },
    data: {
      title: `${LONG} ${'Ж'.repeat(60)}`,
      content: { markdown: MARKDOWN },
      excerpt: LONG,
      tags: [LONG.slice(0, 60), 'ж'],
      slug: 'long',
      status: 'published',
    },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  return `/user/${HOSTILE.username}/blog/long`
}
