import { Upload, UploadFailure, type UploadRequest } from './upload.ts'

/** Where an upload shows itself: the markup of `UploadProgress` in the templates. */
export interface UploadPlace {
  /** Sends a file, showing how far it is, with a way to stop; undefined when it did not arrive. */
  send(request: UploadRequest): Promise<unknown>
  /** Says why a file is not sent at all. */
  refuse(failure: UploadFailure): void
  /** Forgets what was said. */
  clear(): void
}

/** Binds the part of a page that shows an upload. */
export function bindUpload(root: HTMLElement): UploadPlace {
  const bar = root.querySelector('progress')
  const running = root.querySelector<HTMLElement>('[data-upload-running]')
  const number = root.querySelector('[data-upload-number]')
  const problem = root.querySelector<HTMLElement>('[data-upload-problem]')
  const cancel = root.querySelector<HTMLButtonElement>('.upload-cancel')
  let current: Upload | undefined

  cancel?.addEventListener('click', () => current?.cancel())

  const show = (part: number): void => {
    const percent = Math.floor(part * 100)
    if (bar) bar.value = percent
    if (number) number.textContent = (root.dataset['percent'] ?? '#').replace('#', `${percent}`)
  }
  const say = (failure: UploadFailure | undefined): void => {
    const text = failure && (failure.message || root.dataset[WORDS[failure.reason]])
    if (!problem) return
    problem.hidden = text === undefined
    const words = problem.querySelector('span')
    if (words) words.textContent = text ?? ''
  }
  const run = (isRunning: boolean): void => {
    if (running) running.hidden = !isRunning
  }

  return {
    async send(request) {
      current = new Upload()
      say(undefined)
      show(0)
      run(true)
      try {
        return await current.send(request, show)
      } catch (error) {
        say(error instanceof UploadFailure ? error : new UploadFailure('offline'))
        return undefined
      } finally {
        run(false)
        current = undefined
      }
    },
    refuse: say,
    clear: () => say(undefined),
  }
}

const WORDS = {
  'too-large': 'tooLarge',
  'wrong-type': 'wrongType',
  'too-many-pixels': 'tooManyPixels',
  offline: 'offline',
  refused: 'refused',
  cancelled: 'cancelled',
} as const
