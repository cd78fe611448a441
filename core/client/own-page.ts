/**
 * Headers that say whose page asks. The station takes nothing from a page of somebody else who was
 * signed in here before (401, QL_AUTH_OTHER_PERSON); a page of a stranger says nothing.
 */
export function ownPage(): Readonly<Record<string, string>> {
  if (typeof document === 'undefined') return {}
  const user = document.querySelector<HTMLTemplateElement>('#session-ended')?.dataset['user']
  return user === undefined ? {} : { 'quark-user': user }
}
