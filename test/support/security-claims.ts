import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from './source-files.ts'

const SPAN = /`([^`\n]+)`/g
const PATH = /^[\w@.-]+(?:\/[\w@.-]+)+\/?$/
const FILE = /^[\w-]+(?:\.[\w-]+)*\.(?:ts|tsx|cjs)$/
const ROW = /^\|\s*(\d+\.\d+\.\d+)\s*\|\s*([123])\s*\|([^|]*)\|([^|]*)\|(.*)\|\s*$/gm
const LINK = /\]\([^)\s]+\)/

export const STATUSES = ['done', 'partly', 'not yet', 'not applicable'] as const

/** A line of the table of requirements. */
export interface Requirement {
  readonly id: string
  readonly level: number
  readonly status: string
  readonly proof: string
}

export function requirementsIn(document: string): readonly Requirement[] {
  return [...document.matchAll(ROW)].map(([, id = '', level, , status = '', proof = '']) => ({
    id,
    level: Number(level),
    status: status.trim(),
    proof: proof.trim(),
  }))
}

/** Files of the project that documents name in code spans and that are not there, as `document → path`. */
export function missingFiles(root: string, documents: readonly SourceFile[]): string[] {
  const folders = new Set(
    readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  )
  return documents.flatMap(({ path, text }) =>
    pathsIn(text, folders)
      .filter((named) => !existsSync(join(root, named)))
      .map((named) => `${path} → ${named}`),
  )
}

/** What is wrong with the lines of the table, one sentence each. */
export function faultyRequirements(requirements: readonly Requirement[]): string[] {
  const seen = new Set<string>()
  return requirements.flatMap(({ id, status, proof }) => {
    const isTwice = seen.has(id)
    seen.add(id)
    if (isTwice) return [`${id} stands there twice`]
    if (!STATUSES.some((known) => known === status)) return [`${id} is “${status}”`]
    if (status === 'done' && !namesProof(proof)) return [`${id} is done without a proof`]
    return proof === '' ? [`${id} says nothing`] : []
  })
}

/** A file of the project, or a document that is linked. */
function namesProof(proof: string): boolean {
  const spans = [...proof.matchAll(SPAN)].map(([, span = '']) => span)
  return LINK.test(proof) || spans.some((span) => PATH.test(span) || FILE.test(span))
}

function pathsIn(text: string, folders: ReadonlySet<string>): string[] {
  const spans = [...text.matchAll(SPAN)].map(([, span = '']) => span)
  return spans.filter((span) => {
    const [first = ''] = span.split('/')
    return PATH.test(span) ? folders.has(first) : FILE.test(span)
  })
}
