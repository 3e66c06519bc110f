import { type ArtifactStore, createArtifactStore } from './artifacts.ts'
import { type RepositoryStore, repositoryStore } from './repository-store.ts'
import { type Clock, createRepository, type RepositorySeed, type RepositoryState } from './state.ts'

/** The state of the server. Its own methods act on the first repository. */
export interface Store extends RepositoryStore, ArtifactStore {
  /** The repository `owner/name`, which is created if it does not exist. */
  repository(fullName: string, seed?: Omit<RepositorySeed, 'repository'>): RepositoryStore
  /** The state of a repository. Names are case-insensitive. */
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
    ...createArtifactStore(clock),
    repository: (fullName, extra) =>
      repositoryStore(states.get(fullName.toLowerCase()) ?? add({ ...extra, repository: fullName })),
    find: (owner, name) => states.get(`${owner}/${name}`.toLowerCase()),
    all: () => [...states.values()]
  }
}

export type { RepositoryStore }
