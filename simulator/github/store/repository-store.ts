import type {
  CommitContext,
  DeploymentRecord,
  EnvironmentRecord,
  PullRecord,
  RunJob,
  ShownState,
  StatusRecord,
  StatusState
} from '../model.ts'
import { shownState, stateOf } from '../rules.ts'
import type { StatusRequest } from './create-status.ts'
import { ensureEnvironment } from './environments.ts'
import { type RunSeed, setRun } from './runs.ts'
import { type DeploymentSeed, seedDeployment, seedStatus } from './seed.ts'
import type { RepositoryState } from './state.ts'

export type { DeploymentSeed, RunJob, RunSeed }

/** What tests and the demo read from and put into one repository. */
export interface RepositoryStore {
  state: RepositoryState
  seedDeployment(seed?: DeploymentSeed): DeploymentRecord
  /** Adds a status by the code behind the API, with `auto_inactive` and all. */
  seedStatus(id: number, request: StatusRequest): StatusRecord
  /** Newest last. */
  deployments(): readonly DeploymentRecord[]
  /** Oldest first. */
  statuses(id: number): readonly StatusRecord[]
  /** The latest REST state; `none` without a status. */
  stateOf(id: number): StatusState | 'none'
  /** GraphQL's `Deployment.state`. */
  shownState(id: number): ShownState
  environments(): readonly EnvironmentRecord[]
  addEnvironment(name: string): EnvironmentRecord
  /** Sets a full ref (`refs/heads/topic`); an undefined SHA deletes it. */
  setRef(name: string, sha: string | undefined): void
  /** The commit statuses and check runs of a commit, for `required_contexts`. */
  setContexts(sha: string, contexts: readonly CommitContext[]): void
  /** What `auto_merge` finds for a branch (`topic` or `refs/heads/topic`). */
  setMerge(ref: string, behaviour: 'behind' | 'conflict' | 'even'): void
  setRun(id: number, attempt: number, run: RunSeed): void
  setPull(pull: PullRecord): void
}

/** The methods over one repository's state. */
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
    shownState: id => shownState(get(id), state.clock.now()),
    environments: () => [...state.environments.values()],
    addEnvironment: name => ensureEnvironment(state, name),
    setRef: (name, sha) => {
      if (sha === undefined) state.refs.delete(name)
      else state.refs.set(name, sha)
    },
    setContexts: (sha, contexts) => void state.contexts.set(sha, contexts),
    setMerge: (ref, behaviour) => {
      const fullRef = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`
      if (behaviour === 'even') state.merges.delete(fullRef)
      else state.merges.set(fullRef, behaviour)
    },
    setRun: (id, attempt, run) => setRun(state, id, attempt, run),
    setPull: pull => {
      state.pulls.set(pull.number, pull)
      state.refs.set(`refs/pull/${pull.number}/head`, pull.headSha)
    }
  }
}
