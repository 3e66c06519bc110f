import { createRequire, Module } from 'node:module'
import type { OpenAPIBackend } from 'openapi-backend'

/**
 * Loads openapi-backend with Node's `module.require`, also under Jest.
 * The package is CommonJS and requires an ES module. Node supports that since 20.19, Jest's loader only on
 * Node 24.9. It is also loaded only once per process instead of once per test file.
 */
export function loadBackend(): typeof OpenAPIBackend {
  const file = createRequire(import.meta.url).resolve('openapi-backend')
  return new Module('simulated-github').require(file).OpenAPIBackend
}
