import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { portableDoc } from '../arbitrary-doc.ts'
import { assertInert } from './inert-html.ts'
import { docFromMarkdown } from '../markdown/doc-from-markdown.ts'
import type { Block, QuarkDoc } from '../model.ts'
import { parseDoc } from '../gate/parse.ts'
import { renderDoc } from './render.ts'
import type { RenderOptions } from './context.ts'

const media: NonNullable<RenderOptions['media']> = (id) =>
  id === 'lake'
    ? {
        src: '/media/lake.webp',
        srcset: '/media/lake-480.webp 480w',
        width: 1200,
        height: 800,
        thumb: '/media/lake-480.webp',
      }
    : undefined

async function htmlOf(markdown: string, options: RenderOptions = {}): Promise<string> {
  return (await renderDoc(await docFromMarkdown(markdown), { media, ...options })).html
}
function docOf(...content: unknown[]): QuarkDoc {
  return parseDoc({ v: 1, doc: { type: 'doc', content } })
}

test('paragraphs and marks become plain elements, joined where marks are shared', async () => {
  assert.equal(
    await htmlOf('One **two *three*** `a < b` ~~x~~ <mark>y</mark> H<sub>2</sub>O'),
    '<p>One <strong>two <em>three</em></strong> <code>a &lt; b</code> <s>x</s> <mark>y</mark> H<sub>2</sub>O</p>',
  )
  assert.equal(await htmlOf('[a **b** c](/x)'), '<p><a href="/x">a <strong>b</strong> c</a></p>')
})

test('Russian text is typeset across marks, and code is not', async () => {
  assert.equal(
    await htmlOf('Он **и** я — в `a и b`'),
    '<p>Он\u00A0<strong>и</strong>\u00A0я\u00A0— в\u00A0<code>a и b</code></p>',
  )
})

test('headings get anchors of their own and make the contents', async () => {
  const doc = await docFromMarkdown('# Итоги\n\n## Итоги\n\n### Итоги 2\n\n#### !!!\n\n## Итоги')
  const { html, toc } = await renderDoc(doc)
  assert.deepEqual(toc, [
    { id: 'h-итоги', text: 'Итоги', level: 2 },
    { id: 'h-итоги-2', text: 'Итоги', level: 2 },
    { id: 'h-итоги-2-2', text: 'Итоги 2', level: 3 },
    { id: 'h-section', text: '!!!', level: 4 },
    { id: 'h-итоги-3', text: 'Итоги', level: 2 },
  ])
  assert.match(html, /^<h2 id="h-итоги">Итоги<\/h2>/)
  assert.doesNotMatch(html, /<h1/)
})

test('links that leave the station say so, its own links do not', async () => {
  const rel = ' rel="ugc nofollow noopener"'
  assert.equal(
    await htmlOf('[a](https://a.b "Имя")'),
    `<p><a href="https://a.b" title="Имя"${rel}>a</a></p>`,
  )
  assert.equal(
    await htmlOf('[a](https://a.b/c)', { origin: 'https://a.b' }),
    '<p><a href="https://a.b/c">a</a></p>',
  )
  assert.equal(await htmlOf('[a](mailto:a@b.ru)'), '<p><a href="mailto:a@b.ru">a</a></p>')
})

test('for feeds every address of this site becomes absolute', async () => {
  const html = await htmlOf('[a](/x) ![озеро](media:lake)', {
    origin: 'https://a.b',
    absoluteUrls: true,
  })
  assert.match(html, /href="https:\/\/a\.b\/x"/)
  assert.match(html, /src="https:\/\/a\.b\/media\/lake\.webp"/)
  assert.doesNotMatch(html, /srcset/)
})

test('an uploaded picture has its sizes, its description and its caption', async () => {
  assert.equal(
    await htmlOf('![озеро](media:lake#wide "Утро — на озере")'),
    '<figure class="picture wide"><img src="/media/lake.webp" srcset="/media/lake-480.webp 480w" sizes="(min-width: 1000px) 960px, 100vw" width="1200" height="800" alt="озеро" decoding="async"><figcaption>Утро\u00A0— на\u00A0озере</figcaption></figure>',
  )
  assert.match(await htmlOf('![x](media:lake#decorative)'), / alt="" /)
  assert.match(
    await htmlOf('![а](media:lake)\n\n![б](media:lake)'),
    /alt="а" decoding.*alt="б" loading="lazy" decoding/,
  )
})

test('a picture that is gone or belongs to another site leaves a note and loads nothing', async () => {
  assert.equal(
    await htmlOf('![озеро](media:gone)'),
    '<figure class="picture missing"><p class="picture-note">Изображение недоступно: озеро</p></figure>',
  )
  const outside = await htmlOf('![озеро](https://a.b/c.png)')
  assert.equal(
    outside,
    '<figure class="picture missing"><p class="picture-note"><a href="https://a.b/c.png" rel="ugc nofollow noopener">Изображение на другом сайте: озеро</a></p></figure>',
  )
  assert.match(await htmlOf('![](media:gone)', { locale: 'en' }), />Picture unavailable</)
})

test('a gallery links small pictures to large ones', async () => {
  const html = await htmlOf(
    '![а](media:lake "один")\n![](media:lake)\n\n<figcaption>Обе</figcaption>',
  )
  assert.match(html, /^<figure class="gallery gallery-2"><div class="gallery-items">/)
  assert.match(html, /<a href="\/media\/lake\.webp"><img src="\/media\/lake-480\.webp"/)
  assert.match(html, /<a href="\/media\/lake\.webp" aria-label="Открыть изображение">/)
  assert.match(html, /<\/div><figcaption>Обе<\/figcaption><\/figure>$/)
})

test('a table scrolls inside, has a name, and sets columns of numbers to the right', async () => {
  const html = await htmlOf(
    '| Время | Дней | Цвет |\n| - | - | :-: |\n| Зима | 11 | да |\n| Лето | 1 400 | нет |',
  )
  assert.equal(
    html,
    '<div class="table-scroll" tabindex="0" role="region" aria-label="Таблица 1"><table><thead><tr><th scope="col">Время</th><th scope="col" class="align-right">Дней</th><th scope="col" class="align-center">Цвет</th></tr></thead><tbody><tr><td>Зима</td><td class="align-right">11</td><td class="align-center">да</td></tr><tr><td>Лето</td><td class="align-right">1 400</td><td class="align-center">нет</td></tr></tbody></table></div>',
  )
  assert.match(
    await htmlOf('| а |\n| - |\n| б |\n\n<caption>Имя</caption>'),
    /aria-label="Имя"><table><caption>Имя<\/caption>/,
  )
})

test('code shows its file and language and is coloured by classes only', async () => {
  assert.equal(
    await htmlOf('```ts title="a.ts"\nconst a = "<b>"\n```'),
    '<figure class="code"><figcaption class="code-head"><span class="code-file">a.ts</span><span class="code-language">TypeScript</span></figcaption><pre tabindex="0"><code class="language-ts"><span class="hljs-keyword">const</span> a = <span class="hljs-string">&quot;&lt;b&gt;&quot;</span></code></pre></figure>',
  )
  assert.equal(
    await htmlOf('```\n<b>\n```'),
    '<figure class="code"><pre tabindex="0"><code>&lt;b&gt;</code></pre></figure>',
  )
  assert.match(
    await htmlOf('```brainfuck\n<b>\n```'),
    /<code class="language-brainfuck">&lt;b&gt;<\/code>/,
  )
})

test('formulas become MathML without styles; what is not understood stays as its source', async () => {
  const html = await htmlOf(
    '$x^2$\n\n$$\n\\color{red}{\\begin{cases} a & b \\\\ c & d\\end{cases}}\n$$',
  )
  assert.match(
    html,
    /<p><math[^>]*>.*<msup>.*<div class="math-block" tabindex="0"><math display="block"/s,
  )
  assertInert(html)
  for (const latex of [
    '\\href{javascript:alert(1)}{x}',
    '\\includegraphics{https://a.b/c.png}',
    '\\frac{',
    '\\class{evil}{x}',
    '\\data{on=1}{x}',
  ]) {
    const doc = docOf({ type: 'mathBlock', attrs: { latex } })
    const { html: refused, hasMath } = await renderDoc(doc)
    assert.match(refused, /<code class="math-source">\\/, latex)
    assert.equal(hasMath, true)
  }
})

test('notes are a list at the end, with ways there and back', async () => {
  const html = await htmlOf(
    'Раз[^а] два[^б] снова[^а].\n\n[^б]: Вторая.\n\n[^а]: Первая [^б].\n\n[^в]: Лишняя.',
  )
  assert.match(
    html,
    /<sup class="footnote-ref"><a id="fnref-1" href="#fn-1" aria-label="Примечание 1">1<\/a><\/sup>/,
  )
  assert.match(html, /id="fnref-1-2" href="#fn-1"/)
  assert.match(
    html,
    /<section class="footnotes" aria-labelledby="footnotes"><h2 class="footnotes-title" id="footnotes">Примечания<\/h2><ol><li id="fn-1"><p>Первая/,
  )
  assert.match(
    html,
    /<a class="footnote-back" href="#fnref-1" aria-label="Вернуться к тексту: 1">↩<\/a>/,
  )
  assert.match(html, /href="#fnref-1-2" aria-label="Вернуться к тексту: 1, 2"/)
  assert.match(html, /<li id="fn-3"><p>Лишняя\.<\/p><\/li><\/ol><\/section>$/)
  const ids = Array.from(html.matchAll(/ id="([^"]+)"/g), (match) => match[1])
  const targets = Array.from(html.matchAll(/href="#([^"]+)"/g), (match) => match[1])
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(
    targets.filter((target) => !ids.includes(target)),
    [],
  )
})

test('side notes are a copy for the eye, only where they are asked for', async () => {
  const source = 'Раз[^а].\n\n[^а]: Слова [ссылки](https://a.b).'
  assert.doesNotMatch(await htmlOf(source), /sidenote/)
  assert.match(
    await htmlOf(source, { sidenotes: true }),
    /<\/sup><span class="sidenote" aria-hidden="true"><span class="sidenote-number">1<\/span> Слова ссылки\.<\/span>/,
  )
})

test('several documents stand on one page when their ids have prefixes', async () => {
  const html = await htmlOf('## Раз\n\nдва[^а]\n\n[^а]: три', { idPrefix: 'p7-' })
  const ids = Array.from(html.matchAll(/ id="([^"]+)"/g), (match) => match[1] ?? '')
  assert.equal(ids.length, 4)
  assert.ok(ids.every((id) => id.startsWith('p7-')))
})

test('lists stay tight, tasks tell their state, quotes name their author', async () => {
  assert.equal(
    await htmlOf('3. a\n4. b\n   - c'),
    '<ol start="3"><li>a</li><li>b<ul><li>c</li></ul></li></ol>',
  )
  assert.equal(
    await htmlOf('- [x] да'),
    '<ul class="task-list"><li class="task-item done"><span class="task-mark" role="img" aria-label="Сделано"></span><div class="task-text">да</div></li></ul>',
  )
  assert.equal(
    await htmlOf('> Слова\n>\n> <cite>Автор</cite>'),
    '<figure class="quote"><blockquote><p>Слова</p></blockquote><figcaption>Автор</figcaption></figure>',
  )
})

test('a page of another site is a link card, never a frame', async () => {
  assert.equal(
    await htmlOf('[Кино](https://www.youtube.com/watch?v=abc "embed:youtube")'),
    '<p class="embed embed-youtube"><a href="https://www.youtube.com/watch?v=abc" rel="ugc nofollow noopener"><span class="embed-title">Кино</span> <span class="embed-site">youtube.com</span></a></p>',
  )
})

test('folded text, rules and blocks of absent modules have their places', async () => {
  assert.equal(
    await htmlOf('<details>\n<summary>Ещё</summary>\n\nтекст\n\n</details>\n\n---'),
    '<details><summary>Ещё</summary><p>текст</p></details><hr>',
  )
  const block = { type: 'unknownBlock', attrs: { module: 'poll', type: 'poll', raw: { x: '<b>' } } }
  assert.equal(
    (await renderDoc(docOf(block))).html,
    '<p class="unknown-block">Здесь блок модуля «poll»; сейчас этот модуль не работает</p>',
  )
})

test('a large letter opens long posts whose first word is long enough', async () => {
  const long = `Озеро ${'слово '.repeat(620)}`
  assert.match(await htmlOf(`![а](media:lake)\n\n${long}`), /<\/figure><p class="drop-cap">Озеро/)
  assert.doesNotMatch(await htmlOf('Озеро и лес'), /drop-cap/)
  assert.doesNotMatch(await htmlOf(`На ${long}`), /drop-cap/)
  assert.doesNotMatch(await htmlOf(`## Имя\n\n${long}`), /drop-cap/)
})

test('the renderer does not trust links and pictures even of a document that skipped the gate', async () => {
  const id = 'x'
  const content: Block[] = [
    {
      type: 'paragraph',
      attrs: { id },
      content: [
        {
          type: 'text',
          text: 'a',
          marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }],
        },
      ],
    },
    { type: 'figure', attrs: { id, src: 'javascript:alert(1)', alt: '"><b>', size: 'text' } },
    { type: 'embed', attrs: { id, url: 'javascript:alert(1)' } },
    {
      type: 'codeBlock',
      attrs: { id, language: '"><script>' },
      content: [{ type: 'text', text: 'x' }],
    },
  ]
  const { html } = await renderDoc({ v: 1, doc: { type: 'doc', content } })
  assertInert(html)
})

test('whatever a document holds, its HTML is inert', async () => {
  await fc.assert(
    fc.asyncProperty(portableDoc, async (doc) => {
      assertInert((await renderDoc(doc, { media, sidenotes: true })).html)
    }),
    { numRuns: 150, seed: 2026 },
  )
})
