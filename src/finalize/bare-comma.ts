import { matches } from '../lib/glob.ts'
import type { Log } from '../runner/step.ts'

/** The parts of an environment name between bare commas; empty if the name has no comma. */
export const commaParts = (name: string): readonly string[] =>
  name.includes(',') ? name.split(',').filter(part => part !== '') : []

/**
 * Warns about each name that matches none of the existing deployments although one of its parts, read as a name or
 * pattern, does: it was probably intended as a list. Returns whether it warned.
 */
export function warnAboutCommas(
  log: Pick<Log, 'warning'>,
  names: readonly string[],
  existing: readonly { readonly environment: string }[]
): boolean {
  let hasWarned = false
  for (const name of names) {
    const parts = commaParts(name)
    const isListMeant = existing.some(({ environment }) => parts.some(part => matches(part, environment)))
    if (!isListMeant) continue
    hasWarned = true
    log.warning(
      `environment: no deployment matches "${name}", which is one name. Separate names by line breaks or by a comma followed by a space, such as "${parts.join(', ')}".`,
      'noMatch'
    )
  }
  return hasWarned
}
