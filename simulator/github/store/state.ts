import { type Ids, nodeId } from '../ids.ts'
import type { CommitContext, DeploymentRecord, EnvironmentRecord, PullRecord, RunAttempt } from '../model.ts'
import type { RefTable } from './refs.ts'

/** The state of one repository. */
export interface RepositoryState extends RefTable {
  id: number
  nodeId: string
  owner: string
  name: string
  private: boolean
  defaultBranch: string
  ownerType: OwnerType
  deployments: DeploymentRecord[]
  /** By lowercase name, in order of creation. */
  environments: Map<string, EnvironmentRecord>
  contexts: Map<string, readonly CommitContext[]>
  /** The result of merging the default branch into a branch, by full ref name. */
  merges: Map<string, 'behind' | 'conflict'>
  /** Attempts in ascending order, by run id. */
  runs: Map<number, RunAttempt[]>
  pulls: Map<number, PullRecord>
  clock: Clock
}

export interface Clock {
  now(): number
  /** How far lists lag behind, in milliseconds. Called for each list. */
  lag?(): number
  ids: Ids
}

export type OwnerType = 'Organization' | 'User'

export interface RepositorySeed {
  repository: string
  /** Defaults to `Organization`. */
  ownerType?: OwnerType
  private?: boolean
  refs?: Record<string, string>
  commits?: readonly string[]
  anyCommit?: boolean
  defaultBranch?: string
}

// The commit in the examples of GitHub's documentation.
const EXAMPLE_SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e'

/** A repository without deployments. */
export function createRepository(clock: Clock, seed: RepositorySeed): RepositoryState {
  const [owner, name] = seed.repository.split('/')
  if (!owner || !name) throw new Error(`repository: expected owner/name, got "${seed.repository}"`)
  const id = clock.ids.other()
  const refs = seed.refs ?? { 'refs/heads/main': EXAMPLE_SHA }
  return {
    id,
    nodeId: nodeId('R', id),
    owner,
    name,
    private: seed.private ?? false,
    defaultBranch: seed.defaultBranch ?? 'main',
    ownerType: seed.ownerType ?? 'Organization',
    refs: new Map(Object.entries(refs)),
    commits: new Set(seed.commits),
    anyCommit: seed.anyCommit ?? true,
    deployments: [],
    environments: new Map(),
    contexts: new Map(),
    merges: new Map(),
    runs: new Map(),
    pulls: new Map(),
    clock
  }
}

export const fullName = (repository: RepositoryState): string => `${repository.owner}/${repository.name}`
