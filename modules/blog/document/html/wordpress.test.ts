import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { sharedData } from '../../../../test/support/shared-data.ts'
import type { Dropped } from '../dropped.ts'
import { docFromHtml } from './doc-from-html.ts'
import { assertInert } from '../render/inert-html.ts'
import { markdownFromDoc } from '../markdown/markdown-from-doc.ts'
import { renderDoc } from '../render/render.ts'
import { plainText } from '../text.ts'
import { htmlFromWordPress } from './wordpress.ts'
import type { WordPressOptions } from './wordpress.ts'

/** The public test posts of WordPress, if they lie beside the project. */
const EXPORT = sharedData('themeunittestdata.wordpress.xml')

const oneImage = () => [{ src: 'https://a.b/c.png' }]

async function read(content: string, options: WordPressOptions = {}): Promise<string> {
  const { doc } = await docFromHtml(htmlFromWordPress(content, options))
  return (await markdownFromDoc(doc)).trim()
}

test('text of the classic editor gets its paragraphs and line breaks', async () => {
  assert.equal(
    await read('Раз\nдва\n\n<h2>Имя</h2>\nтри\n\n<ul>\n<li>а</li>\n<li>б</li>\n</ul>'),
    'Раз\\\nдва\n\n## Имя\n\nтри\n\n- а\n- б',
  )
  assert.equal(await read('<pre>\na\n\nb [gallery]\n</pre>'), '```\na\n\nb [gallery]\n```')
})

test('text of the block editor keeps its own paragraphs', async () => {
  assert.equal(
    await read(
      '<!-- wp:paragraph -->\n<p>Раз\nдва</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:separator -->\n<hr class="wp-block-separator"/>\n<!-- /wp:separator -->',
    ),
    'Раз два\n\n---',
  )
})

test('captions in both of their forms belong to their pictures', async () => {
  assert.equal(
    await read(
      '[caption id="a" align="alignfull" width="9"]<a href="https://a.b"><img src="https://a.b/c.png" alt="Лес" /></a> Утро в <a href="/x">лесу</a>[/caption]',
    ),
    '![Лес](https://a.b/c.png#full "Утро в лесу")',
  )
  assert.equal(
    await read('[caption caption="Утро & вечер"]<img src="https://a.b/c.png" alt="" />[/caption]'),
    '![](https://a.b/c.png "Утро & вечер")',
  )
})

test('a gallery shows the pictures that are found for it', async () => {
  const asked: (readonly string[])[] = []
  const gallery = (ids: readonly string[]) => {
    asked.push(ids)
    return ids.map((id) => ({ src: `https://a.b/${id}.png`, alt: 'Лес "тут"', caption: `№ ${id}` }))
  }
  assert.equal(
    await read('до [gallery ids="7, 9" columns="2"] после', { gallery }),
    'до\n\n![Лес "тут"](https://a.b/7.png "№ 7")\n![Лес "тут"](https://a.b/9.png "№ 9")\n\nпосле',
  )
  const dropped: Dropped[] = []
  assert.equal(await read('[gallery]', { gallery, dropped }), '')
  assert.deepEqual(asked, [['7', '9'], []])
  assert.deepEqual(dropped, [{ what: 'embed', detail: '[gallery]' }])
})

test('recordings and addresses alone on a line become link cards', async () => {
  assert.equal(
    await read('[audio https://a.b/blues.mp3]'),
    '[blues.mp3](https://a.b/blues.mp3 "embed:audio")',
  )
  assert.equal(
    await read('[video mp4="https://a.b/c.mp4"][/video]'),
    '[c.mp4](https://a.b/c.mp4 "embed:video")',
  )
  assert.equal(
    await read('Смотрите:\n\nhttps://youtu.be/ex8fMxXJDJw\n\nhttps://a.b/'),
    'Смотрите:\n\n[https://youtu.be/ex8fMxXJDJw](https://youtu.be/ex8fMxXJDJw "embed:youtube")\n\nhttps\\://a.b/',
  )
  assert.equal(
    await read('[embed]https://youtu.be/ex8fMxXJDJw[/embed]'),
    '[https://youtu.be/ex8fMxXJDJw](https://youtu.be/ex8fMxXJDJw "embed:youtube")',
  )
})

test('blocks that only a running WordPress can fill are reported', async () => {
  const dropped: Dropped[] = []
  assert.equal(
    await read(
      '<!-- wp:latest-posts {"n":3} /--><!-- wp:paragraph --><p>а</p><!-- /wp:paragraph -->',
      { dropped },
    ),
    'а',
  )
  assert.deepEqual(dropped, [{ what: 'embed', detail: 'wp:latest-posts' }])
})

test('an address in a shortcode cannot leave its attribute', async () => {
  const dropped: Dropped[] = []
  const html = htmlFromWordPress("[audio src='https://a.b/\"><script>alert(1)</script>.mp3']", {
    dropped,
  })
  assertInert((await renderDoc((await docFromHtml(html)).doc)).html)
})

test(
  'every post of the WordPress test data becomes an inert document with its text',
  EXPORT.needed,
  async () => {
    const xml = readFileSync(EXPORT.path, 'utf8')
    const posts = xml.matchAll(/<content:encoded><!\[CDATA\[([\s\S]*?)\]\]><\/content:encoded>/g)
    let count = 0
    for (const [, content = ''] of posts) {
      if (content.trim() === '') continue
      const { doc } = await docFromHtml(htmlFromWordPress(content, { gallery: oneImage }), {
        baseUrl: 'https://a.b/',
      })
      assertInert((await renderDoc(doc)).html)
      assert.doesNotMatch(plainText(doc), /wp:paragraph|\[caption|\[gallery/)
      count += 1
    }
    assert.equal(count, 92)
  },
)
