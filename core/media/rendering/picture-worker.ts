import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CodedError, type ErrorDetails } from '../../errors.ts'
import { lowerThisProcess } from '../../low-priority.ts'
import type { Crop } from './crop.ts'
import type { Plan } from './purpose.ts'
import { type PictureFiles, writeRenditions } from './rendition-file.ts'
import { renderPicture } from './renditions.ts'

/** What the process of pictures is asked, one at a time. */
export interface RenderTask {
  /** Of the upload; what is made of it is written beside it. */
  readonly path: string
  readonly plan: Plan
  readonly crop?: Crop
}

export type RenderResult =
  | { readonly kind: 'rendered'; readonly picture: PictureFiles }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly because: string }

/** One of the errors of media, as it crosses to the station. */
export interface Refusal {
  readonly code: string
  readonly values: ErrorDetails['values']
  /** What the image library said. */
  readonly because: string
}

lowerThisProcess()
/* Whoever ends a service, and a terminal, signals to all its processes; the station waits for its last picture. */
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined)
/* The station has let go, or has ended in whatever way. */
process.on('disconnect', () => process.exit(0))
process.on('message', (task: RenderTask) => {
  void resultOf(task).then((result) => process.send?.(result))
})

async function resultOf({ path, plan, crop }: RenderTask): Promise<RenderResult> {
  try {
    const picture = await renderPicture(await readFile(path), plan, crop)
    return { kind: 'rendered', picture: await writeRenditions(picture, dirname(path)) }
  } catch (error) {
    if (!(error instanceof CodedError)) return { kind: 'failed', because: String(error) }
    const { code, details } = error
    const because = details.cause instanceof Error ? details.cause.message : code
    return { kind: 'refused', refusal: { code, values: details.values, because } }
  }
}
