/** UTF-16 units of a message's text, as JavaScript counts them: client and server agree to the unit. */
export const MAX_TEXT = 4_096
export const MAX_ENTITIES = 200
/** As it is typed, with the signs of Markdown: what a draft keeps. */
export const MAX_TYPED = 4 * MAX_TEXT
/** How long a message may be changed. */
export const EDIT_HOURS = 48
