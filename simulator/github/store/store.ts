import { type RepositoryStore, repositoryStore } from './repository-store.ts'
import { type Clock, createRepository, type RepositorySeed, type RepositoryState } from './state.ts'

/** The state of the whole server; its own methods are those of the first repository. */
export interface Store extends RepositoryStore {
  /** Adds a repository (`owner/name`), or gives the one of that name. */
  repository(fullName: string, seed?: Omit<RepositorySeed, 'repository'>): RepositoryStore
  /** The state behind a repository, by a name in any case. */
  find(owner: string, name: string): RepositoryState | undefined
  all(): readonly RepositoryState[]
}

/** A store with one repository. */
export function createStore(clock: Clock, seed: RepositorySeed): Store {
  const states = new Map<string, RepositoryState>()
  const add = (added: RepositorySeed): RepositoryState => {
    const state = createRepository(clock, added)
    states.set(added.repository.toLowerCase(), state)
    return state
  }
  return {
    ...repositoryStore(add(seed)),
    repository: (fullName, extra) =>
      repositoryStore(
        states.get(fullName.toLowerCase()) ?? add({ ...extra, repository: fullName })
      ),
    find: (owner, name) => states.get(`${owner}/${name}`.toLowerCase()),
    all: () => [...states.values()]
  }
}

export type { RepositoryStore }
