import { isSoundOn } from './sound.ts'

const NOTES_HZ = [659.25, 880] as const
const NOTE_S = 0.09
const LOUD = 0.06
const PAUSE_MS = 1_500

/** Two short notes, made here: nothing is fetched for them. */
export class Chime {
  #context: AudioContext | undefined
  #rangAt = 0

  /** Not where it is turned off, nor until somebody has touched the page: browsers do not allow it before. */
  ring(): void {
    if (!isSoundOn() || !navigator.userActivation?.hasBeenActive) return
    if (Date.now() - this.#rangAt < PAUSE_MS) return
    this.#rangAt = Date.now()
    const context = (this.#context ??= new AudioContext())
    for (const [index, frequency] of NOTES_HZ.entries()) {
      const at = context.currentTime + index * NOTE_S
      const tone = new OscillatorNode(context, { type: 'sine', frequency })
      const volume = new GainNode(context, { gain: 0 })
      volume.gain.setValueAtTime(0, at)
      volume.gain.linearRampToValueAtTime(LOUD, at + 0.01)
      volume.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S * 2)
      tone.connect(volume).connect(context.destination)
      tone.start(at)
      tone.stop(at + NOTE_S * 2)
    }
  }
}
