import { check, fail, sleep } from 'k6'
import http from 'k6/http'

/** Readers who open the home page, a blog, a post and its feed. */
export const options = {
  stages: [
    { duration: '5s', target: 20 },
    { duration: '20s', target: 20 },
    { duration: '5s', target: 0 },
  ],
  thresholds: {
    http_req_failed: ['rate<0.01'],
    checks: ['rate>0.99'],
    http_req_duration: ['p(95)<250'],
    'http_req_duration{page:post}': ['p(95)<200'],
  },
}

const BASE_URL = __ENV.BASE_URL || 'http://127.0.0.1:8000'

/** The posts that the home page shows to a stranger. */
export function setup() {
  const home = http.get(`${BASE_URL}/`)
  const links = home.body.match(/\/user\/[a-z0-9_-]+\/blog\/[^"/?#]+(?=")/g) || []
  const posts = [...new Set(links)].filter((link) => !/\.(?:xml|json)$/.test(link))
  if (posts.length === 0) fail(`${BASE_URL}/ shows no posts`)
  return { posts }
}

// oxlint-disable-next-line import/no-default-export -- k6 calls the default export of a script
export default function readPosts({ posts }) {
  const post = posts[Math.floor(Math.random() * posts.length)]
  const blog = post.slice(0, post.lastIndexOf('/'))

  open('home', '/')
  open('blog', blog)
  open('post', post)
  const feed = open('feed', `${blog}/feed.xml`)
  check(feed, { 'the feed is RSS': (answer) => answer.body.includes('<rss') })
  sleep(0.5 + Math.random())
}

function open(page, path) {
  const answer = http.get(BASE_URL + path, { tags: { page } })
  check(answer, { [`${page} is there`]: ({ status }) => status === 200 })
  return answer
}
