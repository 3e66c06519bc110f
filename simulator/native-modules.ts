import { createRequire, Module } from 'node:module'
import { runInThisContext } from 'node:vm'

/**
 * Loads a CommonJS package with the loader of Node.js, also under Jest. Jest loads and compiles each package
 * again for every test file, and its loader cannot require ES modules before Node.js 24.9.
 */
export function requireNatively(name: string): unknown {
  const file = createRequire(import.meta.url).resolve(name)
  return new Module('simulator').require(file)
}

const values: Map<string, unknown> = runInThisContext("globalThis[Symbol.for('simulator')] ??= new Map()")

/** Creates a value once per process, also under Jest, which loads each module again for every test file. */
export function oncePerProcess<T>(key: string, create: () => T): T {
  if (!values.has(key)) values.set(key, create())
  return values.get(key) as T
}
