/**
 * Importing `node:http` makes Node read every name it exports, `WebSocket` among them, and with it
 * all of its HTTP client: 4 MiB that a server never uses. Asked for this way it stays out.
 */
export const { createServer, request, ServerResponse } = process.getBuiltinModule('node:http')
