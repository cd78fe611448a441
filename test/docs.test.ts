import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import {
  type Comparison,
  compareCommands,
  compareErrorCodes,
  compareEvents,
  compareSettings,
} from './support/documented.ts'
import { checkExamples } from './support/examples.ts'
import { brokenLinks, codeBlocks, outline } from './support/markdown.ts'
import { type SourceFile, sourceFiles } from './support/source-files.ts'

const ROOT = join(import.meta.dirname, '..')
const SAME: Comparison = { undocumented: [], unknown: [] }
const CODE = [
  '{core,db,cli,templates,modules}/**/*.{ts,tsx}',
  'examples/modules/**/*.{ts,tsx}',
  '*.ts',
]

suite('what the documentation claims is true', () => {
  const code = sourceFiles(ROOT, ...CODE).filter((file) => !/\.test\.tsx?$/.test(file.path))
  const documents = sourceFiles(ROOT, '**/*.md')

  test('the tree and its documents are read at all', () => {
    assert.ok(code.length > 100, `${code.length} source files`)
    for (const folder of ['architecture/adr', 'modules', 'testing', 'security']) {
      const has = documents.some((file) => file.path.startsWith(`docs/${folder}/`))
      assert.ok(has, `docs/${folder} has a document`)
    }
    assert.ok(existsSync(join(ROOT, 'docs/onboarding.md')), 'docs/onboarding.md exists')
  })

  test('docs/errors.md has every error code and no other', () => {
    assert.deepEqual(compareErrorCodes(code, read('docs/errors.md')), SAME)
  })

  test('docs/events.md has every event type and no other', () => {
    const manifests = sourceFiles(ROOT, '{modules,examples/modules}/*/module.json')
    assert.ok(manifests.length > 0, 'some module has a manifest')
    const core = code.filter((file) => file.path.startsWith('core/'))
    assert.deepEqual(compareEvents(manifests, core, read('docs/events.md')), SAME)
  })

  test('docs/configuration.md has every setting and no other', () => {
    const config = { path: 'config.ts', text: read('config.ts') }
    assert.match(read('docs/configuration.md'), /QUARK_PORT/)
    assert.deepEqual(compareSettings(config, read('docs/configuration.md')), SAME)
  })

  test('docs/cli.md has every command and no other', () => {
    const cli = code.filter((file) => /^cli[./]/.test(file.path))
    assert.match(read('docs/cli.md'), /quark run/)
    assert.deepEqual(compareCommands(cli, read('docs/cli.md')), SAME)
  })

  test('every link between documents leads somewhere', () => {
    assert.deepEqual(brokenLinks(ROOT, documents), [])
  })

  test('the README says the same in both languages', () => {
    const english = outline(read('README.md'))
    assert.ok(english.length > 2, `${english.length} headings`)
    assert.deepEqual(outline(read('README.ru.md')), english)
  })

  test('the examples of the module guide type-check', async () => {
    const guide = documents.filter((file) => file.path.startsWith('docs/modules/'))
    const blocks = codeBlocks(guide).filter((block) => /^tsx?$/.test(block.language))
    assert.ok(blocks.length > 0, 'the guide has examples')
    assert.equal((await checkExamples(ROOT, blocks)).errors, '')
  })
})

suite('a claim that is not true is seen', () => {
  test('an error code on one side only', () => {
    const code = [source('core/errors.ts', "throw errors.QL_BLOG_GONE()\n'QL_NEW_1'")]
    assert.deepEqual(compareErrorCodes(code, '| `QL_BLOG_GONE` | `QL_OLD` |'), {
      undocumented: ['QL_NEW_1'],
      unknown: ['QL_OLD'],
    })
  })

  test('an event type on one side only', () => {
    const manifest = {
      events: { publishes: { 'post.created': { version: 1 } }, subscribes: { 'user.deleted': {} } },
    }
    const manifests = [source('modules/blog/module.json', JSON.stringify(manifest))]
    const core = [source('core/loader.ts', "publish('module.enabled', data)")]
    const document = '| `post.created` | … |\n| `module.enabled` | |\n### `post.renamed`\n'
    assert.deepEqual(compareEvents(manifests, core, document), {
      undocumented: ['user.deleted'],
      unknown: ['post.renamed'],
    })
  })

  test('a setting on one side only', () => {
    const config = source('config.ts', "QUARK_PORT: 'x'\nread('DATABASE_URL')\n'QUARK_TEST_X'")
    assert.deepEqual(compareSettings(config, '| `DATABASE_URL` |\n| `QUARK_HOST` |'), {
      undocumented: ['QUARK_PORT'],
      unknown: ['QUARK_HOST'],
    })
  })

  test('a command on one side only', () => {
    const cli = [source('cli/module-list.ts', "program.command('module:list')\n.command('run')")]
    const document = '## `quark run`\n## `quark create <name>`\n'
    assert.deepEqual(compareCommands(cli, document), {
      undocumented: ['module:list'],
      unknown: ['create'],
    })
  })

  test('a link to a missing file, heading or place outside the project', () => {
    const documents = [
      source(
        'docs/a.md',
        '# Первый шаг\n[a](nope.md) [b](../package.json) [c](#первый-шаг) [d](#second)\n' +
          '[e](https://example.org/x.md) ![f](../../etc/passwd)\n```md\n[g](inside-a-block.md)\n```\n',
      ),
    ]
    assert.deepEqual(brokenLinks(ROOT, documents), [
      'docs/a.md → nope.md',
      'docs/a.md → #second',
      'docs/a.md → ../../etc/passwd',
    ])
  })

  test('a heading that only one language has', () => {
    assert.deepEqual(outline('# A\n\n```sh\n# not a heading\n```\n## B\n'), [1, 2])
    assert.notDeepEqual(outline('# А\n## Б\n'), outline('# A\n## B\n## C\n'))
  })

  test('an example that does not type-check', async () => {
    const wrong = [source('docs/modules/x.md', "```ts\nconst n: number = 'text'\n```\n")]
    const { files, errors } = await checkExamples(ROOT, codeBlocks(wrong))
    assert.equal(files, 1)
    assert.match(errors, /TS2322/)
  })

  test('an example that is right passes, with its neighbour', async () => {
    const text =
      '```ts\n// greeter/word.ts\nexport const word = "hi"\n```\n' +
      '```ts\nimport { word } from "./word.ts"\nword.trim()\n```\n'
    const right = await checkExamples(ROOT, codeBlocks([source('docs/modules/x.md', text)]))
    assert.deepEqual(right, { files: 2, errors: '' })
  })
})

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

function source(path: string, text: string): SourceFile {
  return { path, text }
}
