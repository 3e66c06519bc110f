// What the simulator stores. Times are milliseconds since the epoch.

export const STATUS_STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'] as const

/** `waiting` is set by GitHub Actions; REST cannot set it. */
export type StatusState = (typeof STATUS_STATES)[number] | 'waiting'

/** GraphQL's `DeploymentState`. */
export type DeploymentState =
  | 'ABANDONED'
  | 'ACTIVE'
  | 'DESTROYED'
  | 'ERROR'
  | 'FAILURE'
  | 'INACTIVE'
  | 'IN_PROGRESS'
  | 'PENDING'
  | 'QUEUED'
  | 'WAITING'

export type TokenKind = 'github-token' | 'app' | 'pat' | 'fine-grained'

export interface Actor {
  login: string
  id: number
  nodeId: string
  type: 'Bot' | 'User'
}

export interface StatusRecord {
  id: number
  nodeId: string
  state: StatusState
  description: string
  environment: string
  environmentUrl: string
  logUrl: string
  targetUrl: string
  creator: Actor
  createdAt: number
}

export interface DeploymentRecord {
  id: number
  nodeId: string
  sha: string
  /** As sent by the client. */
  ref: string
  /** The full name of the ref. Undefined for a SHA. */
  fullRef: string | undefined
  task: string
  payload: unknown
  environment: string
  originalEnvironment: string
  description: string | null
  transient: boolean
  production: boolean
  creator: Actor
  createdAt: number
  updatedAt: number
  /** Oldest first. */
  statuses: StatusRecord[]
}

export interface EnvironmentRecord {
  id: number
  nodeId: string
  name: string
  createdAt: number
  updatedAt: number
}

/** A record of the linked artifacts page of an organization. */
export interface ArtifactRecord {
  id: number
  org: string
  name: string
  digest: string
  status: string
  logicalEnvironment: string
  physicalEnvironment: string
  cluster: string
  deploymentName: string
  githubRepository: string | undefined
  createdAt: number
  updatedAt: number
}

export type NewArtifactRecord = Omit<ArtifactRecord, 'id' | 'createdAt' | 'updatedAt'>

export interface CommitContext {
  context: string
  state: string
}

export interface RunAttempt {
  id: number
  attempt: number
  status: string
  conclusion: string | null
  name: string
  headSha: string
  headBranch: string | null
  jobs: readonly RunJob[]
}

export interface RunJob {
  id: number
  name: string
  status: string
  conclusion: string | null
  runnerName?: string | null
}

export interface PullRecord {
  number: number
  state: 'open' | 'closed'
  headSha: string
  headRef: string
  /** `owner/name`. Undefined if the fork has been deleted. */
  headRepository: string | undefined
  baseRef: string
}
