import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the runner writes the event payload (`GITHUB_EVENT_PATH`). */
export const eventPathIn = (temp: string): string => join(temp, '_github_workflow', 'event.json')

/** Writes the event payload, as JSON. The runner does it for each stage, since a step can delete the file. */
export function writeEventFile(path: string, json: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, json)
}
