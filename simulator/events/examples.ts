import { requireNatively } from '../native-modules.ts'

/** A payload of unknown shape. The functions here check each level before they write. */
export type Payload = Record<string, unknown>

interface Examples {
  name: string
  examples: Payload[]
}

// The repositories of the package's examples.
const EXAMPLE_REPOSITORIES = /Codertocat\/Hello-World|octo-org\/octo-repo/g

/**
 * A payload that GitHub has sent, from `@octokit/webhooks-examples`, with another repository. It is a
 * deep copy and can be changed.
 */
export function example(name: string, wanted: (payload: Payload) => boolean, repository: string): Payload {
  const all = requireNatively('@octokit/webhooks-examples') as Examples[]
  const found = all.find(each => each.name === name)?.examples.find(wanted)
  if (found === undefined) throw new Error(`There is no such example of ${name}`)
  const payload: Payload = JSON.parse(JSON.stringify(found).replace(EXAMPLE_REPOSITORIES, repository))
  return payload
}

/** The object at a path of names. Missing objects are created. */
export function part(payload: Payload, ...names: string[]): Payload {
  return names.reduce<Payload>((inner, name) => {
    const value = inner[name]
    if (typeof value === 'object' && value !== null) return value as Payload
    const made: Payload = {}
    inner[name] = made
    return made
  }, payload)
}

/** Merges changes into a payload, level by level. Lists and plain values are replaced. */
export function merge(target: Payload, changes: object): Payload {
  for (const [name, value] of Object.entries(changes)) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (isObject) merge(part(target, name), value)
    else if (value !== undefined) target[name] = value
  }
  return target
}

/** Changes a repository object to another repository. */
export function rename(target: Payload, repository: string, defaultBranch: string): void {
  const [owner, name] = repository.split('/')
  // The examples come from several repositories, so their ids differ.
  merge(target, {
    id: 186_853_002,
    name,
    full_name: repository,
    default_branch: defaultBranch,
    owner: { login: owner }
  })
}
