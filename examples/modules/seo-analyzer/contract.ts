import type { Grade } from './score.ts'
import type { KeptScore } from './scores.ts'

declare global {
  interface QuarkEvents {
    /** A published post has been scored. It comes once for each `post.published`. */
    'seo.analysis.completed': { postId: string; score: number; grade: Grade }
  }
  interface QuarkCalls {
    /** The last score of a post; null when it has none. */
    'seo.score': { input: { postId: string }; output: KeptScore | null }
  }
}

const GRADE = { enum: ['good', 'fair', 'poor'] }
const SCORE = { type: 'integer', minimum: 0, maximum: 100 }
const TEXT = {
  type: 'object',
  required: ['en', 'ru'],
  properties: { en: { type: 'string' }, ru: { type: 'string' } },
  additionalProperties: false,
}

export const ANALYSIS_COMPLETED = {
  type: 'object',
  required: ['postId', 'score', 'grade'],
  properties: { postId: { type: 'string' }, score: SCORE, grade: GRADE },
  additionalProperties: false,
}

const CHECK = {
  type: 'object',
  required: ['id', 'points', 'max', 'advice'],
  properties: {
    id: { type: 'string' },
    points: { type: 'integer', minimum: 0 },
    max: { type: 'integer', minimum: 1 },
    advice: { anyOf: [{ type: 'null' }, TEXT] },
  },
  additionalProperties: false,
}

export const SCORE_CALL = {
  input: {
    type: 'object',
    required: ['postId'],
    properties: { postId: { type: 'string' } },
    additionalProperties: false,
  },
  output: {
    type: ['object', 'null'],
    required: ['score', 'grade', 'checks', 'isOutdated'],
    properties: {
      score: SCORE,
      grade: GRADE,
      checks: { type: 'array', items: CHECK },
      isOutdated: {
        type: 'boolean',
        description: 'The text has changed since; the next publication is scored anew.',
      },
    },
    additionalProperties: false,
  },
}
