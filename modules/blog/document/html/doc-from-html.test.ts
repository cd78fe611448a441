import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DocumentError } from '../document-error.ts'
import { docFromHtml } from './doc-from-html.ts'
import type { HtmlOptions } from './doc-from-html.ts'
import { assertInert } from '../render/inert-html.ts'
import { markdownFromDoc } from '../markdown/markdown-from-doc.ts'
import { renderDoc } from '../render/render.ts'
import { plainText } from '../text.ts'

/** The document as Markdown, which shows structure at a glance. */
async function read(html: string, options: HtmlOptions = {}): Promise<string> {
  const { doc } = await docFromHtml(html, options)
  return (await markdownFromDoc(doc)).trim()
}

/** An item of a list as Word writes it. */
function wordItem(level: number, marker: string, text: string): string {
  return `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${text}<o:p></o:p></p>\n`
}

const probes: [html: string, what: string, detail: string][] = [
  ['<img src=javascript:alert(1)>', 'picture', 'javascript:alert(1)'],
  [
    '<img src="data:text/html,<script>alert(1)</script>">',
    'picture',
    'data:text/html,<script>alert(1)</script>',
  ],
  ['<img src=x onerror=alert(1)>', 'attribute', 'img onerror'],
  ['<a href="&quot;><img src=x onerror=alert(1)>">a</a>', 'link', '"><img src=x onerror=alert(1)>'],
  ['<a href="javascript:alert(1)">a</a>', 'link', 'javascript:alert(1)'],
  ['<a href="java&#9;script:alert(1)">a</a>', 'link', 'java\tscript:alert(1)'],
  ['<a href="java\nscript:alert(1)">a</a>', 'link', 'java\nscript:alert(1)'],
  ['<a href="vbscript:x">a</a>', 'link', 'vbscript:x'],
  ['<svg><foreignObject><body onload=alert(1)></foreignObject></svg>', 'element', 'svg'],
  [
    '<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>',
    'element',
    'math',
  ],
  [
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    'element',
    'noscript',
  ],
  ['<script>alert(1)</script>', 'element', 'script'],
  ['</script><script>alert(1)</script>', 'element', 'script'],
  ['<iframe srcdoc="<script>alert(1)</script>"></iframe>', 'attribute', 'iframe srcdoc'],
  ['<iframe src="https://evil.example/"></iframe>', 'embed', 'https://evil.example/'],
  ['<iframe src="javascript:alert(1)"></iframe>', 'embed', 'iframe'],
  ['<object data="javascript:alert(1)"></object>', 'element', 'object'],
  ['<form action="/logout"><button>x</button></form>', 'element', 'form'],
  ['<div hx-post="/x" hx-trigger="load">x</div>', 'attribute', 'div hx-post'],
  ['<div data-hx-get="/x">x</div>', 'attribute', 'div data-hx-get'],
  ['<h2 onload=1>x</h2>', 'attribute', 'h2 onload'],
  ['<base href="https://evil.example/">', 'element', 'base'],
  ['<meta http-equiv=refresh content="0;url=https://evil.example">', 'element', 'meta'],
  ['<video src="javascript:alert(1)"></video>', 'embed', 'video'],
  ['<img src="https://a.b/pixel.gif" width=1 height=1>', 'picture', 'https://a.b/pixel.gif (1×1)'],
]
for (const [html, what, detail] of probes) {
  test(`the probe ${html.slice(0, 60)} is dropped, listed and inert`, async () => {
    const { doc, dropped } = await docFromHtml(`<p>до</p>${html}<p>после</p>`)
    assert.ok(
      dropped.some((entry) => entry.what === what && entry.detail === detail),
      JSON.stringify(dropped),
    )
    assertInert((await renderDoc(doc)).html)
    assert.match(plainText(doc), /^до/)
  })
}

test('the language of code is held to short names', async () => {
  const { doc } = await docFromHtml(
    '<pre><code class="language-&quot;><script>">a &lt; b</code></pre>',
  )
  assert.deepEqual(
    doc.doc.content.map(({ type, attrs }) => [type, Object.keys(attrs)]),
    [['codeBlock', ['id']]],
  )
})

test('paragraphs, breaks and spaces come as a browser shows them', async () => {
  assert.equal(
    await read('  <p> Раз \n  <b> два </b>три</p>\nчетыре<br>пять<br><br>шесть'),
    'Раз **два** три\n\nчетыре\\\nпять\n\nшесть',
  )
})

test('lists, tasks, quotes, code, tables and rules are understood', async () => {
  assert.equal(
    await read('<ol start=3><li>а<ul><li>б</li></ul></li><li><p>в</p></li></ol>'),
    '3. а\n   - б\n4. в',
  )
  assert.equal(
    await read(
      '<ul><li><input type=checkbox checked> да</li><li><input type=checkbox> нет</li></ul>',
    ),
    '- [x] да\n- [ ] нет',
  )
  assert.equal(
    await read('<blockquote><p>Слова</p><footer>— Автор</footer></blockquote>'),
    '> Слова\n>\n> <cite>Автор</cite>',
  )
  assert.equal(await read('<pre class="brush: php; x">\na<br>b\n</pre>'), '```php\na\nb\n```')
  assert.equal(
    await read(
      '<table><caption>Имя</caption><tr><th>а<th align=right>б<tr><td>1<td style="text-align: right">2</table>',
    ),
    '| а | б |\n| - | -: |\n| 1 | 2 |\n\n<caption>Имя</caption>',
  )
  assert.equal(
    await read('<hr><details open><summary>Ещё</summary>текст</details>'),
    '---\n\n<details open>\n<summary>Ещё</summary>\n\nтекст\n\n</details>',
  )
  assert.equal(await read('<dl><dt>Кот</dt><dd>зверь</dd></dl>'), '**Кот**\n\nзверь')
})

test('pictures, captions and galleries of WordPress are understood', async () => {
  assert.equal(
    await read(
      '<figure class="wp-block-image alignwide"><a href="/x"><img src="https://a.b/c.png" alt="Лес" width=640 height=480></a><figcaption>Утро <i>в</i> лесу</figcaption></figure>',
    ),
    '![Лес](https://a.b/c.png#wide,640x480 "Утро в лесу")',
  )
  assert.equal(
    await read(
      '<figure class="wp-block-gallery"><ul><li><figure><img src="https://a.b/1.png" alt=""><figcaption>Раз</figcaption></figure></li><li><figure><img src="https://a.b/2.png" alt="Два"></figure></li></ul><figcaption>Обе</figcaption></figure>',
    ),
    '![](https://a.b/1.png "Раз")\n![Два](https://a.b/2.png)\n\n<figcaption>Обе</figcaption>',
  )
  assert.equal(
    await read(
      '<p>до <img class="emoji" alt="🙂" src="https://s.w.org/x.svg"> после <img src="https://a.b/c.png" alt="Лес"></p>',
    ),
    'до 🙂 после\n\n![Лес](https://a.b/c.png)',
  )
})

test('players of known sites and recordings become link cards', async () => {
  assert.equal(
    await read(
      '<iframe src="https://www.youtube.com/embed/ex8fMxXJDJw?x=1" title="Кино"></iframe>',
    ),
    '[Кино](https://www.youtube.com/watch?v=ex8fMxXJDJw "embed:youtube")',
  )
  assert.equal(
    await read('<iframe src="//player.vimeo.com/video/123"></iframe>'),
    '[https://vimeo.com/123](https://vimeo.com/123 "embed:vimeo")',
  )
  assert.equal(
    await read(
      '<figure class="wp-block-embed"><div>\nhttps://youtu.be/ex8fMxXJDJw\n</div><figcaption>Кино<br></figcaption></figure>',
    ),
    '[Кино](https://youtu.be/ex8fMxXJDJw "embed:youtube")',
  )
  assert.equal(
    await read('<audio controls><source src="https://a.b/blues.mp3"></audio>'),
    '[blues.mp3](https://a.b/blues.mp3 "embed:audio")',
  )
})

test('relative addresses are read against the page they come from', async () => {
  const baseUrl = 'https://a.b/blog/post/'
  assert.equal(
    await read('<a href="../x">а</a> <img src="c.png">', { baseUrl }),
    '[а](https://a.b/blog/x)\n\n![](https://a.b/blog/post/c.png)',
  )
  const { dropped } = await docFromHtml('<a href="page.html">а</a>')
  assert.deepEqual(dropped, [{ what: 'link', detail: 'page.html' }])
})

test('pictures are asked for once each, and may become uploads', async () => {
  const asked: string[] = []
  const markdown = await read(
    '<img src="/a.png" alt=1><img src="/a.png" alt=2><img src="/b.png" alt=3>',
    {
      baseUrl: 'https://a.b/',
      resolveImage: async (src) => {
        asked.push(src)
        return await Promise.resolve(src.endsWith('a.png') ? { mediaId: '01a' } : undefined)
      },
    },
  )
  assert.deepEqual(asked, ['https://a.b/a.png', 'https://a.b/b.png'])
  assert.equal(markdown, '![1](media:01a)\n\n![2](media:01a)\n\n![3](https://a.b/b.png)')
})

test('text from Google Docs keeps its styles and its crooked lists', async () => {
  assert.equal(
    await read(
      '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-weight:700;">Жирный</span><span style="font-weight:400;font-style:italic"> наклонный</span></p><ul><li><p>а</p></li><ul><li><p>б</p></li></ul></ul></b>',
    ),
    '**Жирный** *наклонный*\n\n- а\n  - б',
  )
})

test('lists from Word become lists', async () => {
  assert.equal(
    await read(
      `<p class=MsoNormal>До</p>${wordItem(1, '·', 'Первый')}${wordItem(2, '1.', 'Внутри')}${wordItem(2, '2.', 'Ещё')}${wordItem(1, '·', 'Второй')}<p class=MsoNormal>После</p>`,
    ),
    'До\n\n- Первый\n  1. Внутри\n  2. Ещё\n- Второй\n\nПосле',
  )
})

test('broken and endless HTML is read as far as it goes', async () => {
  assert.equal(await read('<p>раз <b>два <i>три</p><p>четыре'), 'раз **два _три_**\n\nчетыре')
  assert.equal(plainText((await docFromHtml(`${'<div>'.repeat(20_000)}дно`)).doc), 'дно')
  assert.equal(
    plainText((await docFromHtml(`${'<blockquote><ul><li>'.repeat(300)}дно`)).doc),
    'дно',
  )
  assert.equal(plainText((await docFromHtml('<table><tr><td>'.repeat(100) + 'дно')).doc), 'дно')
  assert.equal(plainText((await docFromHtml('a\u0000b&#1;c\ud800d')).doc), 'abc\uFFFDd')
  assert.deepEqual((await docFromHtml('')).doc.doc.content, [])
})

test('whatever HTML comes, the result is a valid and inert document', async () => {
  const tag = fc.constantFrom(
    'p',
    'div',
    'b',
    'a',
    'ul',
    'li',
    'table',
    'tr',
    'td',
    'figure',
    'img',
    'blockquote',
    'pre',
    'svg',
    'script',
    'h2',
    'br',
    'details',
    'iframe',
    'input',
    'x-y',
  )
  const attribute = fc.constantFrom(
    '',
    ' onclick=x',
    ' href="javascript:1"',
    ' src=//a.b/c',
    ' style="font-weight:bold;mso-list:l0 level2"',
    ' class="gallery wp-block-embed"',
    ' colspan=0',
    ' start=-1',
    ' href="https://a.b/?a&b=\'"',
  )
  const piece = fc.oneof(
    fc.tuple(tag, attribute).map(([name, extra]) => `<${name}${extra}>`),
    tag.map((name) => `</${name}>`),
    fc.constantFrom('слово ', ' ', '\n', '<!--', '-->', '&lt;', '<![if x]>', '&#0;', '"', "'", '<'),
    fc.string({ unit: 'grapheme-composite', maxLength: 5 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const { doc } = await docFromHtml(pieces.join(''))
      assertInert((await renderDoc(doc)).html)
    }),
    { numRuns: 500, seed: 2026 },
  )
})

test('HTML beyond a mebibyte is refused', async () => {
  await assert.rejects(
    docFromHtml('a'.repeat(2 ** 20 + 1)),
    (error) => error instanceof DocumentError && error.code === 'too-large',
  )
})
