import { parseHTML } from 'linkedom'

/** The form of a page that goes to this address: its fields as a browser would send them. */
export function formIn(
  html: string,
  action: string,
): { readonly fields: Readonly<Record<string, string>> } {
  const { document } = parseHTML(html)
  const form = [...document.querySelectorAll('form')].find(
    (one) => one.getAttribute('action') === action,
  )
  if (!form) throw new Error(`No form goes to ${action}`)
  const inputs = [...form.querySelectorAll('input[name]')]
  return {
    fields: Object.fromEntries(
      inputs.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
    ),
  }
}
