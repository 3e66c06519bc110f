export { type Client, createClient, idOf, idsOf, type Reply } from './client.ts'
export {
  type Delivery,
  FAULTS,
  type Fault,
  type FaultFacts,
  type FaultKind,
  type FaultTime,
  fault,
  type Injection,
  type InjectOptions,
  inject
} from './faults/index.ts'
export type { Reach } from './http/listener.ts'
export type {
  DeploymentRecord,
  EnvironmentRecord,
  PullRecord,
  RunJob,
  ShownState,
  StatusRecord,
  StatusState,
  TokenKind
} from './model.ts'
export type { RateLimits } from './rate-limits.ts'
export { startLocalGitHub } from './start.ts'
export type { StatusRequest } from './store/create-status.ts'
export type { RunSeed } from './store/runs.ts'
export type { DeploymentSeed } from './store/seed.ts'
export type {
  Answer,
  Deliver,
  EventName,
  Flavour,
  GitHubEvent,
  Interceptor,
  Level,
  LocalGitHub,
  LocalGitHubOptions,
  Page,
  Pages,
  Ready,
  RepositoryStore,
  RequestRecord,
  RunnerUrls,
  Scripted,
  Store,
  TokenGrant
} from './types.ts'
