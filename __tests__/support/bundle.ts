import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { constants, runInThisContext } from 'node:vm'
import type { Host } from '../../src/index.ts'

export const DIST = join(import.meta.dirname, '..', '..', 'dist')

interface Bundle {
  main(host: Host): Promise<void>
  post(host: Host): Promise<void>
}

/**
 * The committed bundle, loaded by Node.js itself. Jest would load it into the context of the test file, where
 * `instanceof Error` is false for the errors of Node.js, and would load it again for each test file.
 */
export const bundle: Bundle = await runInThisContext(
  `import(${JSON.stringify(pathToFileURL(join(DIST, 'index.js')))})`,
  { importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER }
)
