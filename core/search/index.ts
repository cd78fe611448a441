export { type AskedWord, isMeant, type Mark, marksIn, waysToRead } from './asked.ts'
export { stemOf } from './stems.ts'
export { beginsIn, type FoundWord, otherLayout, wordsIn } from './words.ts'
