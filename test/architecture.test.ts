import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { grabBags, moduleFolders, moduleGaps } from './support/house-order.ts'
import { importViolations } from './support/import-rule.ts'
import { PlantedTree } from './support/planted-tree.ts'
import { sourceFiles } from './support/source-files.ts'

const ROOT = join(import.meta.dirname, '..')
const CODE = '**/*.{ts,tsx,cjs}'

suite('this tree', () => {
  const files = sourceFiles(ROOT, CODE)

  test('is read at all', () => {
    assert.ok(files.length > 100, `${files.length} files`)
    assert.ok(moduleFolders(ROOT).length > 0)
  })

  test('keeps the import rule', () => {
    assert.deepEqual(importViolations(files), [])
  })

  test('lets markup in unescaped through one door only', () => {
    const doors = files.filter(({ path, text }) => isUnescapedDoor(path, text))
    assert.deepEqual(
      doors.map(({ path }) => path),
      ['templates/trusted-html.tsx'],
    )
  })

  test('names every file after a noun', () => {
    assert.deepEqual(grabBags(files.map((file) => file.path)), [])
  })

  test('has only whole modules: README, manifest, entry and a test', () => {
    assert.deepEqual(
      moduleFolders(ROOT).flatMap((module) => moduleGaps(ROOT, module)),
      [],
    )
  })
})

/** The renderer and tests may name the property; only one component may use it. */
function isUnescapedDoor(path: string, text: string): boolean {
  return (
    /\.(tsx|ts)$/.test(path) && /dangerouslySetInnerHTML(=|:)/.test(text) && !/\.test\./.test(path)
  )
}

suite('a planted violation is seen', () => {
  test('a second door for unescaped markup', () => {
    const planted = '<div dangerouslySetInnerHTML={{ __html: text }} />'
    assert.ok(isUnescapedDoor('modules/blog/views/post.tsx', planted))
  })

  const forbidden = [
    ['modules/blog/post.ts', "import { chat } from '../messaging/chat.ts'"],
    ['modules/blog/post.ts', "import type { Row } from '../../core/events/outbox.ts'"],
    ['modules/blog/post.ts', "import { x } from '#core/events/outbox.ts'"],
    ['modules/blog/post.ts', "import { dockAlone } from '#testkit'"],
    ['modules/blog/views/post.tsx', "const late = await import('../../../db/index.ts')"],
    ['modules/blog/views/post.tsx', "import { Field } from '../../../templates/field.tsx'"],
    ['modules/blog/post.ts', "import { Upload } from '#client'"],
    ['modules/blog/client/write.ts', "import { Upload } from '../../../core/client/upload.ts'"],
    ['examples/modules/seo/index.ts', "export { y } from '../../../modules/blog/index.ts'"],
    ['core/app.ts', "import '../modules/blog/index.ts'"],
    ['core/app.test.ts', "import { post } from '../modules/blog/post.ts'"],
    ['core/app.ts', "import { main } from '../main.ts'"],
    ['db/session.ts', "import { log } from '../core/index.ts'"],
    ['db/session.ts', "import { log } from '#core'"],
    ['templates/page.tsx', "import { App } from '#core'"],
    ['templates/page.tsx', "import { App } from '../modules/blog/views/post.tsx'"],
    ['config.ts', "import { log } from './core/log/log.ts'"],
    ['main.ts', "import { blog } from './modules/blog/index.ts'"],
    ['cli/serve.ts', "const seo = require('../examples/modules/seo/index.ts')"],
  ] as const

  for (const [path, line] of forbidden) {
    test(`${path}: ${line}`, () => {
      using tree = new PlantedTree(tmpdir(), { [path]: line })
      const files = sourceFiles(tree.root, CODE)
      assert.equal(files.length, 1)
      assert.equal(importViolations(files).length, 1)
    })
  }

  test('a nameless file or folder', () => {
    const paths = [
      'core/utils.ts',
      'core/http-helpers.ts',
      'db/common/row.ts',
      'core/types.test.ts',
    ]
    assert.deepEqual(grabBags(paths), paths)
    assert.deepEqual(grabBags(['core/media/content-types.ts', 'core/http/guards/policy.ts']), [])
  })

  test('a module without its README and its test', () => {
    using tree = new PlantedTree(tmpdir(), {
      'modules/half/index.ts': '',
      'modules/half/module.json': '{}',
    })
    assert.deepEqual(moduleFolders(tree.root), ['modules/half'])
    assert.deepEqual(moduleGaps(tree.root, 'modules/half'), [
      'modules/half has no README.md',
      'modules/half has no test',
    ])
  })
})

test('what the import rule allows stays allowed', () => {
  using tree = new PlantedTree(tmpdir(), {
    'main.ts': "import { config } from './config.ts'\nimport { station } from '#core'",
    'cli/run.ts': "import { connect } from '../db/index.ts'",
    'core/app.ts': "import { Page } from '../templates/page.tsx'\nimport '../db/index.ts'",
    'db/index.ts': "import './session.ts'\nimport pg from 'pg'",
    'modules/blog/index.ts': "import { App } from '#core'\nimport './routes/post.ts'",
    'modules/blog/client/write.ts': "import { Upload } from '#client'",
    'modules/blog/routes/post.test.ts': "import { t } from '../../../test/support/app.ts'",
    'examples/modules/seo/seo.test.ts': "import { contractSuite } from '#testkit'",
    'test/flow.test.ts': "import { post } from '../modules/blog/post.ts'",
  })
  const files = sourceFiles(tree.root, CODE)
  assert.equal(files.length, 9)
  assert.deepEqual(importViolations(files), [])
})
