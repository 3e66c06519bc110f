/**
 * `@actions/github` reads these variables when it is imported, and ends the process if one is malformed. This action
 * reads them itself, so they are replaced while that module loads. Import this module before it.
 */
const replaced = { GITHUB_EVENT_PATH: '', GITHUB_API_URL: 'http://localhost' }

const original = Object.keys(replaced).map(name => [name, process.env[name]] as const)
Object.assign(process.env, replaced)

/** Restores the variables. Call it right after the imports. */
export function restoreEnvironment(): void {
  for (const [name, value] of original) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}
