import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { docFromMarkdown, picturesOf, wordCount } from '../document/index.ts'
import { visitBlocks } from '../document/text.ts'
import { COMMENTS, type DemoComment } from './comments.ts'
import { PICTURES } from './pictures.ts'
import { addressOf, readPost, readText, referencesIn } from './post-text.ts'
import { POSTS } from './posts.ts'
import { slipsIn } from './slips.ts'

/** A post may come out as late as this on its day. */
const LATEST_HOUR = 21

const UPLOADS = new Map(Object.keys(PICTURES).map((name) => [name, `upload-${name}`]))

suite('every post of the demo', () => {
  for (const post of POSTS) {
    test(`${post.file} has all its fields`, () => {
      assert.match(post.slug, /^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      assert.ok(post.title.length >= 5 && post.title.length <= 70, post.title)
      assert.ok(post.lead.length >= 40 && post.lead.length <= 200, post.lead)
      assert.ok(post.tags.length > 0)
      assert.ok(Number.isInteger(post.daysAgo) && post.daysAgo > 0)
      assert.equal(/[а-яё]/i.test(post.title), post.lang === 'ru')
      if (post.cover) assert.ok(post.cover.alt.length > 10)
    })

    test(`${post.file} refers only to pictures and posts that there are`, async () => {
      const text = await readText(post)
      const files = new Set(POSTS.map(({ file }) => file))
      assert.deepEqual(
        referencesIn(text, 'media').filter((name) => !UPLOADS.has(name)),
        [],
      )
      assert.deepEqual(
        referencesIn(text, 'post').filter((name) => !files.has(name)),
        [],
      )
    })

    test(`${post.file} is a document of 150 to 900 words in which nothing is lost`, async () => {
      const dropped: unknown[] = []
      const doc = await docFromMarkdown(await readPost(post, UPLOADS), { dropped: dropped as [] })
      assert.deepEqual(dropped, [])
      const words = wordCount(doc)
      assert.ok(words >= 150 && words <= 900, `${words} words`)
      for (const { alt, mediaId } of picturesOf(doc)) {
        assert.ok(alt.length > 10, alt)
        assert.match(mediaId ?? '', /^upload-/)
      }
    })

    test(`${post.file} keeps the typography of its language`, async () => {
      const spoken = [post.title, post.lead, post.cover?.alt ?? '', post.cover?.caption ?? '']
      assert.deepEqual(slipsIn(`${spoken.join('\n')}\n${await readText(post)}`, post.lang), [])
    })
  }
})

suite('the posts together', () => {
  test('are at least sixteen, at least four of them English, by six authors', () => {
    assert.ok(POSTS.length >= 16)
    assert.ok(POSTS.filter(({ lang }) => lang === 'en').length >= 4)
    assert.equal(new Set(POSTS.map(({ author }) => author)).size, 6)
    assert.equal(POSTS.filter(({ isPinned }) => isPinned).length, 1)
  })

  test('stand at different addresses, each on its own day', () => {
    assert.equal(new Set(POSTS.map(addressOf)).size, POSTS.length)
    assert.equal(new Set(POSTS.map(({ daysAgo }) => daysAgo)).size, POSTS.length)
  })

  test('are all the files there are', async () => {
    const files = await readdir(join(import.meta.dirname, 'posts'))
    assert.deepEqual(files.toSorted(), POSTS.map(({ file }) => `${file}.md`).toSorted())
  })

  test('show every picture that can be drawn', async () => {
    const shown = new Set<string>(POSTS.flatMap(({ cover }) => cover?.picture ?? []))
    for (const post of POSTS)
      for (const name of referencesIn(await readText(post), 'media')) shown.add(name)
    assert.deepEqual(
      Object.keys(PICTURES).filter((name) => !shown.has(name)),
      [],
    )
  })
})

test('the longest post shows what a post can hold', async () => {
  const post = POSTS.find(({ file }) => file === 'year-of-fog')
  assert.ok(post)
  const doc = await docFromMarkdown(await readPost(post, UPLOADS))
  const kinds = new Map<string, number>()
  let pictures = 0
  visitBlocks(doc.doc.content, (block) => {
    kinds.set(block.type, (kinds.get(block.type) ?? 0) + 1)
    if (block.type === 'gallery') pictures = block.attrs.items.length
    if (block.type === 'codeBlock') assert.equal(block.attrs.filename, 'fog.py')
    if (block.type === 'blockquote') assert.equal(block.attrs.cite, 'Лидия Павловна, соседка снизу')
    if (block.type === 'table') assert.equal(block.attrs.caption, 'Утренний туман по временам года')
  })
  for (const kind of [
    'heading',
    'blockquote',
    'codeBlock',
    'table',
    'gallery',
    'figure',
    'footnoteDefinition',
    'orderedList',
  ]) {
    assert.ok(kinds.has(kind), kind)
  }
  assert.equal(pictures, 4)
})

suite('reading a text', () => {
  const [post] = POSTS
  assert.ok(post)

  test('puts uploads and addresses in the place of names', async () => {
    const lamp = POSTS.find(({ file }) => file === 'price-of-one-lamp')
    assert.ok(lamp)
    const text = await readPost(lamp, UPLOADS)
    assert.match(text, /\]\(\/user\/timur\/blog\/gorod-kotoryy-svetitsya-vholostuyu\)/)
    assert.match(await readPost(post, UPLOADS), /\]\(media:upload-no-path#wide "/)
  })

  test('fails when a picture has no upload', async () => {
    await assert.rejects(readPost(post, new Map()), /refers to media:no-path/)
  })
})

suite('a conversation', () => {
  for (const [file, comments] of Object.entries(COMMENTS)) {
    test(`about ${file} comes after the post, and answers after what they answer`, () => {
      const post = POSTS.find((one) => one.file === file)
      assert.ok(post)
      const check = (comment: DemoComment, since: number): void => {
        assert.ok(
          comment.hoursAgo > 0 && comment.hoursAgo < since,
          `${comment.author}: ${comment.hoursAgo}`,
        )
        for (const reply of comment.replies ?? []) check(reply, comment.hoursAgo)
      }
      for (const comment of comments) check(comment, post.daysAgo * 24 - LATEST_HOUR)
      const ages = comments.map(({ hoursAgo }) => hoursAgo)
      assert.deepEqual(
        ages,
        ages.toSorted((a, b) => b - a),
      )
    })

    test(`about ${file} keeps the typography of its language`, () => {
      const check = ({ text, replies = [] }: DemoComment): void => {
        assert.deepEqual(slipsIn(text, /[а-яё]{3} [а-яё]/i.test(text) ? 'ru' : 'en'), [])
        replies.forEach(check)
      }
      comments.forEach(check)
    })
  }
})

suite('the checker of typography sees', () => {
  const wrong: readonly (readonly [text: string, rule: RegExp])[] = [
    ['Он сказал "да".', /straight quote/],
    ['Туман - это озеро', /dash/],
    ['- пункт\n- и - тире', /dash/],
    ['Туман -- это озеро', /dash/],
    ['Утром было -11', /minus/],
    ['И вот...', /ellipsis/],
    ['Два  пробела', /two spaces/],
    ['Ура!', /exclamation/],
    ['Сказал “да”', /foreign quotes/],
    ['Первый лед на озере', /ё/],
    ['Туман— это озеро', /around a dash/],
    ['Туман , озеро', /before a mark/],
    ['![Озеро](media:x "И "вот" озеро")', /straight quote/],
  ]
  for (const [text, rule] of wrong) {
    test(JSON.stringify(text), () => {
      const [slip, ...more] = slipsIn(text, 'ru')
      assert.match(slip?.rule ?? 'nothing', rule)
      assert.ok(more.length <= 3)
    })
  }

  test('nothing in code, formulas, addresses, tables and lists', () => {
    const right = [
      '```sh\necho "-1" -- \'x\'...\n```',
      'Порог `a - "b"` и $p_i - 1$ — по-русски.',
      '![Озеро](media:x#wide "Подпись")',
      '| A | B |\n|:--|--:|\n| −1 | «два» |',
      '- [x] пункт\n- ещё пункт',
      '<cite>Лев</cite>',
    ]
    assert.deepEqual(slipsIn(right.join('\n\n'), 'ru'), [])
    assert.deepEqual(slipsIn('She said “yes”, and meant it.', 'en'), [])
  })
})
