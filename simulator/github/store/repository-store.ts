import type {
  CommitContext,
  DeploymentRecord,
  DeploymentState,
  EnvironmentRecord,
  PullRecord,
  RunJob,
  StatusRecord,
  StatusState
} from '../model.ts'
import { deploymentState, stateOf } from '../rules.ts'
import type { StatusRequest } from './create-status.ts'
import { ensureEnvironment } from './environments.ts'
import { type RunSeed, setRun } from './runs.ts'
import { type DeploymentSeed, seedDeployment, seedStatus } from './seed.ts'
import type { RepositoryState } from './state.ts'

export type { DeploymentSeed, RunJob, RunSeed }

/** How tests and the demo read and change a repository. */
export interface RepositoryStore {
  state: RepositoryState
  seedDeployment(seed?: DeploymentSeed): DeploymentRecord
  /** Adds a status through the code behind the API, so `auto_inactive` applies. */
  seedStatus(id: number, request: StatusRequest): StatusRecord
  /** Newest last. */
  deployments(): readonly DeploymentRecord[]
  /** Oldest first. */
  statuses(id: number): readonly StatusRecord[]
  /** The state of the newest status. `none` without a status. */
  stateOf(id: number): StatusState | 'none'
  /** GraphQL's `Deployment.state`. */
  deploymentState(id: number): DeploymentState
  environments(): readonly EnvironmentRecord[]
  addEnvironment(name: string): EnvironmentRecord
  /** Sets a full ref (`refs/heads/topic`), or deletes it if the SHA is undefined. */
  setRef(name: string, sha: string | undefined): void
  /** The commit statuses and check runs of a commit, for `required_contexts`. */
  setContexts(sha: string, contexts: readonly CommitContext[]): void
  /** The result of `auto_merge` for a branch (`topic` or `refs/heads/topic`). */
  setMerge(ref: string, behavior: 'behind' | 'conflict' | 'even'): void
  setRun(id: number, attempt: number, run: RunSeed): void
  setPull(pull: PullRecord): void
}

/** The store of one repository. */
export function repositoryStore(state: RepositoryState): RepositoryStore {
  const get = (id: number): DeploymentRecord => {
    const found = state.deployments.find(each => each.id === id)
    if (!found) throw new Error(`deployment ${id} does not exist`)
    return found
  }
  return {
    state,
    seedDeployment: (seed = {}) => seedDeployment(state, seed),
    seedStatus: (id, request) => seedStatus(state, get(id), request),
    deployments: () => state.deployments,
    statuses: id => get(id).statuses,
    stateOf: id => stateOf(get(id)),
    deploymentState: id => deploymentState(get(id), state.clock.now()),
    environments: () => [...state.environments.values()],
    addEnvironment: name => ensureEnvironment(state, name),
    setRef: (name, sha) => {
      if (sha === undefined) state.refs.delete(name)
      else state.refs.set(name, sha)
    },
    setContexts: (sha, contexts) => void state.contexts.set(sha, contexts),
    setMerge: (ref, behavior) => {
      const fullRef = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`
      if (behavior === 'even') state.merges.delete(fullRef)
      else state.merges.set(fullRef, behavior)
    },
    setRun: (id, attempt, run) => setRun(state, id, attempt, run),
    setPull: pull => {
      state.pulls.set(pull.number, pull)
      state.refs.set(`refs/pull/${pull.number}/head`, pull.headSha)
    }
  }
}
