import { requireNatively } from '../native-modules.ts'

/** A payload whose shape is GitHub's; the functions here look before they write. */
export type Payload = Record<string, unknown>

interface Examples {
  name: string
  examples: Payload[]
}

// The package's addresses and names, wherever they stand in a payload.
const EXAMPLE_REPOSITORIES = /Codertocat\/Hello-World|octo-org\/octo-repo/g

/**
 * A real payload that GitHub has sent, from `@octokit/webhooks-examples`, as if it came from another
 * repository. A deep copy: change what you like.
 */
export function example(
  name: string,
  wanted: (payload: Payload) => boolean,
  repository: string
): Payload {
  const all = requireNatively('@octokit/webhooks-examples') as Examples[]
  const found = all.find(each => each.name === name)?.examples.find(wanted)
  if (found === undefined) throw new Error(`There is no such example of ${name}`)
  const payload: Payload = JSON.parse(
    JSON.stringify(found).replace(EXAMPLE_REPOSITORIES, repository)
  )
  return payload
}

/** The object under a name; made where there is none. */
export function part(payload: Payload, ...names: string[]): Payload {
  return names.reduce<Payload>((inner, name) => {
    const value = inner[name]
    if (typeof value === 'object' && value !== null) return value as Payload
    const made: Payload = {}
    inner[name] = made
    return made
  }, payload)
}

/** Writes `changes` over a payload, level by level; lists and plain values are replaced. */
export function merge(target: Payload, changes: object): Payload {
  for (const [name, value] of Object.entries(changes)) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (isObject) merge(part(target, name), value)
    else if (value !== undefined) target[name] = value
  }
  return target
}

/** Makes a repository object say that it is another repository. */
export function rename(target: Payload, repository: string, defaultBranch: string): void {
  const [owner, name] = repository.split('/')
  // One id per repository: the examples were taken from several.
  merge(target, {
    id: 186_853_002,
    name,
    full_name: repository,
    default_branch: defaultBranch,
    owner: { login: owner }
  })
}
