/** UTF-16 units of a message's text, as JavaScript counts them: client and server agree to the unit. */
export const MAX_TEXT = 4_096
export const MAX_ENTITIES = 200
