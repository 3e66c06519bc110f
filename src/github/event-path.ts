/**
 * `@actions/github` reads and parses the event file when it is imported, and dies of one that is no JSON.
 * We read that file ourselves, so its path is hidden while that module loads. Imported before it.
 */
const path = process.env['GITHUB_EVENT_PATH']
delete process.env['GITHUB_EVENT_PATH']

/** Puts the path back. Called right after the imports. */
export function showEventPath(): void {
  if (path !== undefined) process.env['GITHUB_EVENT_PATH'] = path
}
