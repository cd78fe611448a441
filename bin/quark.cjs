#!/usr/bin/env node
'use strict'

/**
 * The `quark` command. Whatever Node its caller has, the work is done by the project's own Node 26,
 * which is installed first where that has not happened yet.
 */
const { spawn } = require('child_process')
const path = require('path')
const { bootOrExit } = require('../scripts/boot.cjs')

const root = path.join(__dirname, '..')
const node = bootOrExit(root)
// As in `npm start`; docs/architecture tells why.
const light = path.join(root, 'scripts', 'light.cjs')
const flags = ['--max-semi-space-size=2', '--v8-pool-size=1', '--expose-gc', '--require', light]
const args = flags.concat(path.join(root, 'cli.ts'), process.argv.slice(2))
const child = spawn(node, args, {
  stdio: 'inherit',
})

// A terminal sends Ctrl+C to the whole group already; sending it on would ask the child twice.
const forwarded = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT']
for (const signal of forwarded) process.on(signal, () => child.kill(signal))
if (process.stdin.isTTY) process.on('SIGINT', () => {})

child.on('error', (error) => {
  process.stderr.write(error.message + '\n')
  process.exitCode = 1
})
child.on('exit', (code, signal) => {
  if (!signal) return process.exit(code)
  process.removeAllListeners(signal)
  return process.kill(process.pid, signal)
})
