import { hashSync, verifySync } from '@node-rs/bcrypt'
import { parentPort } from 'node:worker_threads'
import { lowerThisThread } from '../../low-priority.ts'

/** What the hashing thread is asked, one at a time. */
export type HashingTask =
  | { readonly id: number; readonly kind: 'hash'; readonly text: string; readonly cost: number }
  | { readonly id: number; readonly kind: 'compare'; readonly text: string; readonly hash: string }

export interface HashingResult {
  readonly id: number
  /** The hash, or whether it fits; undefined when the stored hash is no bcrypt hash. */
  readonly value: string | boolean | undefined
}

lowerThisThread()

parentPort?.on('message', (task: HashingTask) => {
  const result: HashingResult = { id: task.id, value: valueOf(task) }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has none.
  parentPort?.postMessage(result)
})

function valueOf(task: HashingTask): HashingResult['value'] {
  try {
    return task.kind === 'hash' ? hashSync(task.text, task.cost) : verifySync(task.text, task.hash)
  } catch {
    return undefined
  }
}
