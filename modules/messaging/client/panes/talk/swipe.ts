import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface SwipeParts {
  /** Swiped far enough to the left. */
  answer(): void
  /** Pressed for long, on what. */
  hold(x: number, y: number, target: EventTarget | null): void
}

const ANSWER_PX = 56
const MAX_PX = 80
const SLOPE = 1.5
const STILL_PX = 8
const HOLD_MS = 450

/** What a finger does on a message: swipe left answers, a long press opens the menu. */
export function useSwipe(row: RefObject<HTMLElement | null>, parts: SwipeParts): void {
  const latest = useRef(parts)
  latest.current = parts
  /* Once: what is drawn anew under a finger goes on with it. */
  useEffect(() => {
    const element = row.current
    if (!element) return
    let start: { x: number; y: number } | undefined
    let shift = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let isHeld = false
    const move = (x: number): void => {
      shift = x
      element.style.translate = x === 0 ? '' : `${x}px 0`
    }
    const began = ({ touches, target }: TouchEvent): void => {
      isHeld = false
      const [touch] = touches
      if (!touch || touches.length > 1) return
      start = { x: touch.clientX, y: touch.clientY }
      timer = setTimeout(() => {
        start = undefined
        isHeld = true
        navigator.vibrate?.(10)
        latest.current.hold(touch.clientX, touch.clientY, target)
      }, HOLD_MS)
    }
    const moved = (event: TouchEvent): void => {
      const [touch] = event.touches
      if (!start || !touch) return
      const [dx, dy] = [touch.clientX - start.x, touch.clientY - start.y]
      if (Math.hypot(dx, dy) > STILL_PX) clearTimeout(timer)
      /* Up and down scrolls. */
      if (shift === 0 && (dx > -STILL_PX || -dx < SLOPE * Math.abs(dy))) return
      const next = Math.max(-MAX_PX, Math.min(0, dx))
      if (next <= -ANSWER_PX && shift > -ANSWER_PX) navigator.vibrate?.(10)
      move(next)
    }
    const ended = (event: TouchEvent): void => {
      clearTimeout(timer)
      /* Letting go is no press on what lies under the finger by now. */
      if (isHeld && event.cancelable) event.preventDefault()
      if (shift <= -ANSWER_PX) latest.current.answer()
      start = undefined
      move(0)
    }
    element.addEventListener('touchstart', began, { passive: true })
    element.addEventListener('touchmove', moved, { passive: true })
    element.addEventListener('touchend', ended)
    element.addEventListener('touchcancel', ended)
    return () => {
      clearTimeout(timer)
      element.removeEventListener('touchstart', began)
      element.removeEventListener('touchmove', moved)
      element.removeEventListener('touchend', ended)
      element.removeEventListener('touchcancel', ended)
    }
  }, [])
}
