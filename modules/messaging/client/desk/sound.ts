const KEY = 'quark-sound'
const OFF = 'off'

/** Whether this browser makes a sound of new messages: it does until somebody has turned it off. */
export function isSoundOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== OFF
  } catch {
    return true
  }
}

/** For every tab of this browser. */
export function turnSound(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, OFF)
  } catch {
    /* A browser that keeps nothing makes a sound again. */
  }
}
