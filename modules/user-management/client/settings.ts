import { bindPortrait } from './cropping/portrait-form.ts'
import { startSaving } from './saving/settings-form.ts'

/** The settings with a script: changes save themselves, a portrait is cut before it is sent. */
document.querySelectorAll<HTMLFormElement>('form[data-portrait]').forEach(bindPortrait)
startSaving(document)
