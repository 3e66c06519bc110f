import { existsSync } from 'node:fs'

/**
 * Test files by their names below `__tests__`, without `.test.ts`, as patterns for Jest. Throws for a name without a
 * file, so that a file that moves does not drop out of a configuration in silence.
 */
export const testFiles = names =>
  names.map(name => {
    const file = `__tests__/${name}.test.ts`
    if (!existsSync(new URL(file, import.meta.url))) throw new Error(`There is no ${file}.`)
    return `<rootDir>/${file}`
  })
