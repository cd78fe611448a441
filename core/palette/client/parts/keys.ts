/** What a key asks of the palette. */
export type Deed = 'next' | 'previous' | 'go' | 'go-to-messages' | 'complete' | 'turn' | 'back'

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>

const PLAIN: Readonly<Record<string, Deed>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  ArrowRight: 'complete',
  End: 'complete',
  Enter: 'go',
  Tab: 'turn',
  Escape: 'back',
}

/** Undefined where the key belongs to the field or the browser. */
export function deedOf({ key, shiftKey, altKey, ctrlKey, metaKey }: Pressed): Deed | undefined {
  if (key === 'Enter' && (ctrlKey || metaKey)) return 'go-to-messages'
  return shiftKey || altKey || ctrlKey || metaKey ? undefined : PLAIN[key]
}
