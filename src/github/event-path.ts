/**
 * `@actions/github` parses the event file when it is imported, and ends the process if that is not JSON. This
 * action reads the file itself, so its path is hidden while that module loads. Import this module before it.
 */
const path = process.env['GITHUB_EVENT_PATH']
delete process.env['GITHUB_EVENT_PATH']

/** Restores the path. Call it right after the imports. */
export function showEventPath(): void {
  if (path !== undefined) process.env['GITHUB_EVENT_PATH'] = path
}
