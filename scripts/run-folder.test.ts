import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { PlantedTree } from '../test/support/planted-tree.ts'
import { RunFolder } from './run-folder.ts'

test('a run has a folder for its files, which is gone when it ends', () => {
  using tree = new PlantedTree(tmpdir(), {})
  const folder = new RunFolder(tree.root)
  const { TMPDIR: path = '' } = folder.env
  writeFileSync(join(path, 'left.db'), '')
  folder[Symbol.dispose]()
  assert.equal(existsSync(path), false)
  assert.equal(existsSync(tree.root), true)
})

test('what a killed run left is removed by the next one, what a running one has is not', () => {
  const { pid } = spawnSync(process.execPath, ['--eval', ''])
  using tree = new PlantedTree(tmpdir(), {})
  const left = join(tree.root, `quark-run-${pid}-abc`)
  const held = join(tree.root, `quark-run-${process.pid}-abc`)
  for (const path of [left, held]) mkdirSync(path)
  using _ = new RunFolder(tree.root)
  assert.deepEqual([existsSync(left), existsSync(held)], [false, true])
})
