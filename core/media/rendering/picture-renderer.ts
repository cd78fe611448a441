import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CodedError, coreErrors } from '../../errors.ts'
import { mediaErrors } from '../errors.ts'
import type { Refusal, RenderResult, RenderTask } from './picture-worker.ts'
import type { Crop } from './crop.ts'
import type { Plan } from './purpose.ts'
import type { PictureFiles } from './rendition-file.ts'

const WORKER = fileURLToPath(new URL('picture-worker.ts', import.meta.url))

/** Pictures come in rows: the next one mostly comes before that. */
const IDLE_MS = 20_000
/** For all steps of a picture together, each of which has a limit of its own. */
const MAX_MS = 90_000

/**
 * Pictures are made in a process of their own, which gives way to everything else: neither their
 * bytes nor the faults of a decoder reach the station. The first picture starts it, it ends when
 * none has come for 20 s, and it does not keep the program running.
 */
export class PictureRenderer {
  readonly #idleMs: number
  #worker: ChildProcess | undefined
  #idle: NodeJS.Timeout | undefined
  #isBusy = false
  #isClosed = false

  constructor(idleMs = IDLE_MS) {
    this.#idleMs = idleMs
  }

  /** Of the process, while there is one. */
  get pid(): number | undefined {
    return this.#worker?.pid
  }

  /**
   * One picture at a time: whoever asks waits for the answer before asking again. What is made of
   * the file at `path` lies beside it then, also a part of it when this fails.
   *
   * @throws the codes of `renderPicture`; QL_MEDIA_FAILED when the process ends with this picture,
   * which the next one does not feel; QL_BUSY when the station stops.
   */
  async render(path: string, plan: Plan, crop?: Crop): Promise<PictureFiles> {
    if (this.#isBusy) throw new Error('Another picture is being made')
    this.#isBusy = true
    try {
      const result = await this.#ask({ path, plan, ...(crop && { crop }) })
      if (result.kind === 'rendered') return result.picture
      if (result.kind === 'refused') throw errorOf(result.refusal)
      throw mediaErrors.QL_MEDIA_FAILED({ cause: new Error(result.because) })
    } finally {
      this.#isBusy = false
    }
  }

  /** Ends the process, also in the middle of a picture. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#idle)
    const worker = this.#worker
    if (worker?.pid === undefined) return
    const ended = once(worker, 'exit')
    worker.ref()
    worker.kill('SIGKILL')
    await ended
  }

  async #ask(task: RenderTask): Promise<RenderResult> {
    if (this.#isClosed) throw coreErrors.QL_BUSY({ retryAfterS: 5 })
    clearTimeout(this.#idle)
    const tooLong = AbortSignal.timeout(MAX_MS)
    try {
      this.#worker ??= this.#start()
      return await answerOf(this.#worker, task, tooLong)
    } catch (cause) {
      this.#worker?.kill('SIGKILL')
      this.#worker = undefined
      if (this.#isClosed) throw coreErrors.QL_BUSY({ retryAfterS: 5, cause })
      if (tooLong.aborted) throw mediaErrors.QL_MEDIA_TOO_SLOW({ cause })
      throw mediaErrors.QL_MEDIA_FAILED({ cause })
    } finally {
      this.#idle = setTimeout(() => this.#worker?.disconnect(), this.#idleMs).unref()
    }
  }

  #start(): ChildProcess {
    const worker = fork(WORKER, {
      env: environmentOf(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const forget = (): void => {
      if (this.#worker === worker) this.#worker = undefined
    }
    worker.on('disconnect', forget).on('exit', forget).on('error', forget)
    return worker
  }
}

/** No secret of the station. Its cache of compiled code spares the process about half its start. */
function environmentOf(): NodeJS.ProcessEnv {
  const { TMPDIR, TEMP, LD_LIBRARY_PATH } = process.env
  const cache = getCompileCacheDir()
  return {
    TMPDIR,
    TEMP,
    LD_LIBRARY_PATH,
    /* Node makes a folder for its own version in it. */
    NODE_COMPILE_CACHE: cache && dirname(cache),
  }
}

/** @throws Error when the process ends first, an AbortError by `signal`. */
async function answerOf(
  worker: ChildProcess,
  task: RenderTask,
  signal: AbortSignal,
): Promise<RenderResult> {
  const over = new AbortController()
  const until = { signal: AbortSignal.any([signal, over.signal]) }
  worker.ref()
  worker.channel?.ref()
  try {
    const ended = once(worker, 'exit', until).then(([code, by]: (number | string | null)[]) => {
      throw new Error(`The process of pictures ended: ${code ?? by}`)
    })
    const answered = once(worker, 'message', until)
    worker.send(task)
    const [result] = (await Promise.race([answered, ended])) as [RenderResult]
    return result
  } finally {
    over.abort()
    worker.unref()
    worker.channel?.unref()
  }
}

function errorOf({ code, values, because }: Refusal): CodedError {
  const make = mediaErrors[code as keyof typeof mediaErrors]
  return make({ cause: new Error(because), ...(values && { values }) })
}
