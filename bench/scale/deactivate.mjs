/**
 * The `deactivate` of the committed bundle, in its own process. Its clock skips the waits between writes, which GitHub
 * requires, and counts them.
 */
import { randomUUID } from 'node:crypto'
import { main } from '../../dist/index.js'

let waitedMs = 0
const now = () => Date.now() + waitedMs
const outputs = {}
let failure = ''
const inputs = {
  mode: 'deactivate',
  environment: 'staging',
  repository: 'octo-org/octo-repo',
  token: 'ghs_local',
  timeout: '120'
}

const began = performance.now()
await main({
  env: process.env,
  clock: {
    now,
    random: Math.random,
    unique: randomUUID,
    sleep: async milliseconds => {
      waitedMs += milliseconds
    },
    deadline: milliseconds => {
      const controller = new AbortController()
      const timer = setTimeout(() => controller.abort(), milliseconds)
      return { signal: controller.signal, clear: () => clearTimeout(timer) }
    }
  },
  toolkit: {
    getInput: name => inputs[name] ?? '',
    getState: () => '',
    saveState: () => undefined,
    setOutput: (name, value) => void Object.assign(outputs, { [name]: value }),
    writeSummary: async () => undefined,
    info: () => undefined,
    isDebug: () => false,
    debug: () => undefined,
    startGroup: () => undefined,
    endGroup: () => undefined,
    warning: message => {
      failure ||= message
    },
    setSecret: () => undefined,
    setFailed: message => {
      failure = message
    }
  }
})
const workMs = performance.now() - began
process.stdout.write(`${JSON.stringify({ workMs, waitedMs, deactivated: Number(outputs.deactivated), failure })}\n`)
