export { stemOf } from './stems.ts'
export { beginsIn, type FoundWord, otherLayout, wordsIn } from './words.ts'
