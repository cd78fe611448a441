import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { faultyRequirements, missingFiles, requirementsIn } from './support/security-claims.ts'
import { sourceFiles } from './support/source-files.ts'

const ROOT = join(import.meta.dirname, '..')

suite('what docs/security and docs/testing claim', () => {
  const documents = sourceFiles(ROOT, 'docs/{security,testing}/*.md')

  test('names files that are there', () => {
    assert.ok(documents.length >= 5, `${documents.length} documents`)
    assert.deepEqual(missingFiles(ROOT, documents), [])
  })

  test('covers every requirement of ASVS 5.0 up to level two, and proves what it calls done', () => {
    const table = requirementsIn(readFileSync(join(ROOT, 'docs/security/asvs.md'), 'utf8'))
    const count = (level: number) => table.filter((row) => row.level === level).length
    assert.deepEqual([count(1), count(2)], [70, 183])
    assert.deepEqual(faultyRequirements(table), [])
  })
})

test('every act that the audit log can hold is named in the documents and has words for people', () => {
  const written = sourceFiles(ROOT, 'core/**/*.ts')
    .filter(({ path }) => !path.includes('.test.'))
    .flatMap(({ path, text }) => [
      ...text.matchAll(/\baction: '([a-z-]+\.[a-z-]+)'/g),
      ...(path.startsWith('core/auth/') ? text.matchAll(/\btype: '([a-z-]+\.[a-z_-]+)'/g) : []),
    ])
    .map(([, act = '']) => act.replaceAll('_', '-'))
  assert.ok(written.length > 20, `only ${written.length} were found`)
  const document = readFileSync(join(ROOT, 'docs/security/README.md'), 'utf8')
  const words = readFileSync(join(ROOT, 'modules/admin-panel/locales/ru.json'), 'utf8')
  const missing = written.filter(
    (act) => !document.includes(`\`${act}\``) || !words.includes(`"admin.action.${act}"`),
  )
  assert.deepEqual(missing, [])
})

suite('a claim about security that is not true is seen', () => {
  test('a file that is not there', () => {
    const text = 'Held by `core/auth/nothing.test.ts` and `test/docs.test.ts`; `data/x`, `nope.ts`.'
    assert.deepEqual(missingFiles(ROOT, [{ path: 'docs/security/x.md', text }]), [
      'docs/security/x.md → core/auth/nothing.test.ts',
      'docs/security/x.md → nope.ts',
    ])
  })

  test('a requirement that is done without a proof, has no known state, or stands there twice', () => {
    const document = [
      '| 1.1.1 | 2 | decoded once | done | `core/http/guards/well-formed.ts` |',
      '| 1.1.2 | 2 | escaped last | done | everybody knows |',
      '| 1.2.1 | 1 | in context | nearly | `core/log/log.ts` |',
      '| 1.1.1 | 2 | decoded once | partly | half |',
      '| 1.2.2 | 1 | addresses | not yet | |',
      '| 1.2.3 | 1 | JSON | done | [the page](README.md) |',
    ].join('\n')
    const table = requirementsIn(document)
    assert.equal(table.length, 6)
    assert.deepEqual(faultyRequirements(table), [
      '1.1.2 is done without a proof',
      '1.2.1 is “nearly”',
      '1.1.1 stands there twice',
      '1.2.2 says nothing',
    ])
  })
})
