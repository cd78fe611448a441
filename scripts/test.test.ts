import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { PlantedTree } from '../test/support/planted-tree.ts'
import { TestTally } from './test-tally.ts'

interface Run {
  readonly code: number
  readonly said: string
}

/** Without the marks of the run this test belongs to, which would make the inner one a part of it. */
const { NODE_TEST_CONTEXT: _, ...environment } = process.env

async function npmTest(
  files: Readonly<Record<string, string>>,
  ...patterns: string[]
): Promise<Run> {
  using tree = new PlantedTree(tmpdir(), files)
  const script = join(import.meta.dirname, 'test.ts')
  const env = { ...environment, QUARK_TEST_POSTGRES: '' }
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, ...patterns],
      { cwd: tree.root, env },
      (error, out, err) => {
        const code = typeof error?.code === 'number' ? error.code : 0
        resolve({ code, said: `${out}${err}` })
      },
    )
  })
}

const PASSES = "import { test } from 'node:test'\ntest('passes', () => {})\n"
const FAILS = `import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
suite('sums', () => {
  test('one and one', () => {
    console.log('counting on fingers')
    assert.equal(1 + 1, 3)
  })
})
`

suite('npm test', () => {
  test('ends well when all passes, with the counts on the last line', async () => {
    const { code, said } = await npmTest({ 'a.test.ts': PASSES, 'core/b.test.tsx': PASSES })
    assert.equal(code, 0, said)
    assert.match(said, /\n2 passed, 0 failed, 0 skipped\n$/)
  })

  test('shows a failure in full, once, with the output of its file', async () => {
    const { code, said } = await npmTest({ 'a.test.ts': FAILS, 'b.test.ts': PASSES })
    assert.equal(code, 1)
    assert.match(said, /✖ one and one \(a\.test\.ts:4\)\nAssertionError .*\n\n2 !== 3/)
    assert.match(said, /Output of a\.test\.ts:\ncounting on fingers/)
    assert.match(said, /\n1 passed, 1 failed, 0 skipped\n$/)
  })

  test('counts a file that cannot even be loaded as a failure', async () => {
    const { code, said } = await npmTest({ 'a.test.ts': "import './missing.ts'\n" })
    assert.equal(code, 1)
    assert.match(said, /✖ a\.test\.ts ended badly/)
    assert.match(said, /Cannot find module/)
    assert.match(said, /\n0 passed, 1 failed, 0 skipped\n$/)
  })

  test('names in its last lines what did not run, and why', async () => {
    const skipping = `import { suite, test } from 'node:test'
      test('mail', { skip: 'no mail server' }, () => {})
      suite('more mail', { skip: 'no mail server' }, () => { test('never', () => {}) })`
    const { code, said } = await npmTest({ 'a.test.ts': skipping, 'b.test.ts': PASSES })
    assert.equal(code, 0)
    assert.match(
      said,
      /\nNot run:\n {2}no PostgreSQL server: .*\n {2}no mail server \(2 skipped\)\n1 passed, 0 failed, 2 skipped\n$/,
    )
  })

  test('says by which seed deeds were drawn at random, also when all passes', async () => {
    const drawing = `import { test } from 'node:test'
      test('one', (t) => t.diagnostic('QUARK_X_SEED=7'))
      test('two', (t) => t.diagnostic('QUARK_X_SEED=7'))
      test('three', (t) => t.diagnostic('nothing to repeat'))`
    const { said } = await npmTest({ 'core/a.test.ts': drawing })
    assert.match(said, /\nDrawn at random:\n {2}QUARK_X_SEED=7 \(core\/a\.test\.ts\)\n/)
    assert.doesNotMatch(said, /nothing to repeat/)
  })

  test('runs only the files whose path has the given part', async () => {
    const files = { 'core/a.test.ts': FAILS, 'modules/blog/b.test.ts': PASSES }
    const { code, said } = await npmTest(files, 'blog/')
    assert.equal(code, 0, said)
    assert.match(said, /\n1 passed, 0 failed, 0 skipped\n$/)
  })

  test('does not take an empty run for a success', async () => {
    const { code, said } = await npmTest({ 'a.test.ts': PASSES }, 'nowhere')
    assert.equal(code, 1)
    assert.match(said, /No test file matches nowhere/)
  })

  test('leaves installed packages, caches and data alone', async () => {
    const { said } = await npmTest({
      'a.test.ts': PASSES,
      'node_modules/x/b.test.ts': FAILS,
      '.cache/c.test.ts': FAILS,
      'data/d.test.ts': FAILS,
    })
    assert.match(said, /\n1 passed, 0 failed, 0 skipped\n$/)
  })
})

test('the tally lists each reason once, also for what could not be counted', () => {
  const tally = new TestTally()
  tally.leaveOut('browser tests: no Chromium')
  tally.skip('no server')
  tally.skip('no server')
  tally.passed = 5
  assert.equal(
    tally.summary(),
    'Not run:\n  browser tests: no Chromium\n  no server (2 skipped)\n5 passed, 0 failed, 2 skipped',
  )
})
