import type { VNode } from 'preact'

export type UndoToastProps = {
  /** What was done. */
  readonly text: string
  readonly label: string
  /** Where the form goes that takes it back. */
  readonly action: string
  readonly fields?: Readonly<Record<string, string>> | undefined
}

/**
 * Says what was done and takes it back by one press. It leaves after ten seconds, by style alone; it
 * stays while the pointer or the focus is in it.
 */
export function UndoToast({ text, label, action, fields = {} }: UndoToastProps): VNode {
  return (
    <form class="undo-toast" method="post" action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <span role="status">{text}</span>
      <button type="submit">{label}</button>
    </form>
  )
}
