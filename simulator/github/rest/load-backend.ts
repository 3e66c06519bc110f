import { createRequire, Module } from 'node:module'
import type { OpenAPIBackend } from 'openapi-backend'

/**
 * Loads openapi-backend with Node's own `module.require`, even under Jest.
 * The package is CommonJS and requires an ES module: Node does that since 20.19, Jest's loader only
 * on Node 24.9. It is also loaded once for all test files of a process, not once for each.
 */
export function loadBackend(): typeof OpenAPIBackend {
  const file = createRequire(import.meta.url).resolve('openapi-backend')
  return new Module('simulated-github').require(file).OpenAPIBackend
}
