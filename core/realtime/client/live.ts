import { Live } from './parts/live.ts'

/** Keeps a page of somebody who is signed in up to date. Pages that are applications hold a socket of their own. */
if (!document.querySelector('[data-own-socket]')) new Live().start()
