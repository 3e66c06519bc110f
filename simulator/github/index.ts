export { type Client, createClient, idOf, idsOf, type Reply } from './client.ts'
export {
  type Delivery,
  ENDLESS_LISTS,
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
export type { ListenOptions } from './http/listener.ts'
export type {
  ArtifactRecord,
  DeploymentRecord,
  DeploymentState,
  EnvironmentRecord,
  PullRecord,
  RunJob,
  StatusRecord,
  StatusState,
  TokenKind
} from './model.ts'
export { startLocalGitHub } from './start.ts'
export type { StatusRequest } from './store/create-status.ts'
export type { RunSeed } from './store/runs.ts'
export type { DeploymentSeed } from './store/seed.ts'
export type {
  Answer,
  AppSeed,
  Deliver,
  EventName,
  GitHubEvent,
  Interceptor,
  Level,
  LocalGitHub,
  LocalGitHubOptions,
  Page,
  Pages,
  Product,
  RateLimits,
  RepositoryStore,
  RequestRecord,
  RunnerUrls,
  Scripted,
  Store,
  TokenGrant,
  WireAnswer
} from './types.ts'
export { type Deliveries, deliverTo, type Webhook } from './webhooks.ts'
