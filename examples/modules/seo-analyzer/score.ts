import {
  type Check,
  headingsCheck,
  imagesCheck,
  keywordCheck,
  lengthCheck,
  linksCheck,
  readabilityCheck,
  titleCheck,
} from './checks.ts'
import type { PostSnapshot } from './snapshot.ts'

export type Grade = 'good' | 'fair' | 'poor'

export interface Analysis {
  /** 0–100: the points of all checks. */
  readonly score: number
  readonly grade: Grade
  readonly checks: readonly Check[]
}

export interface ScoreSettings {
  /** A post of this many words gets the full points for its length. */
  readonly minWords: number
}

/** Scores a post. The maxima of the checks add up to 100. */
export function scoreOf(post: PostSnapshot, { minWords }: ScoreSettings): Analysis {
  const checks = [
    titleCheck(post),
    headingsCheck(post),
    lengthCheck(post, minWords),
    linksCheck(post),
    imagesCheck(post),
    readabilityCheck(post),
    keywordCheck(post),
  ]
  const score = checks.reduce((sum, check) => sum + check.points, 0)
  return { score, grade: gradeOf(score), checks }
}

export function gradeOf(score: number): Grade {
  if (score >= 80) return 'good'
  return score >= 50 ? 'fair' : 'poor'
}
