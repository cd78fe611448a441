import { coreErrors } from '../../errors.ts'

/** What the recording program tells of a voice. */
export interface Voice {
  readonly durationMs: number
  /** Loudness from 0 to 31, in equal steps of time. */
  readonly waveform: readonly number[]
}

const MAX_DURATION_MS = 3_600_000
const MAX_LEVELS = 100
const MAX_LEVEL = 31

/** The fields `durationMs` and `waveform` (`0,12,31`) of a form. @throws QL_VALIDATION */
export function voiceIn(fields: ReadonlyMap<string, string>): Voice {
  const duration = fields.get('durationMs') ?? ''
  const waveform = (fields.get('waveform') ?? '').split(',')
  const durationMs = /^\d{1,7}$/.test(duration) ? Number(duration) : Number.NaN
  if (!(durationMs > 0 && durationMs <= MAX_DURATION_MS)) throw wrong('durationMs')
  const levels = waveform.map((level) => (/^\d{1,2}$/.test(level) ? Number(level) : Number.NaN))
  const isRight = levels.length <= MAX_LEVELS && levels.every((level) => level <= MAX_LEVEL)
  if (!isRight) throw wrong('waveform')
  return { durationMs, waveform: levels }
}

function wrong(name: string) {
  return coreErrors.QL_VALIDATION({
    errors: [
      {
        path: `/${name}`,
        code: 'range',
        en: 'does not describe a recording',
        ru: 'не описывает запись',
      },
    ],
  })
}
