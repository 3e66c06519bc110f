import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ListenOptions } from './http/listener.ts'
import type { TokenKind } from './model.ts'
import type { OwnerType } from './store/state.ts'
import type { RepositoryStore, Store } from './store/store.ts'

export type Product = 'github.com' | 'ghes'
export type Level = 'read' | 'write' | 'none'

/** The kind and the permissions of a token. The keys are those of a workflow's `permissions:`. */
export interface TokenGrant {
  permissions: Record<string, Level>
  /** Repositories (`owner/name`) that the token has access to. Defaults to all. */
  repositories?: readonly string[]
  kind?: TokenKind
  login?: string
}

/** GitHub's limits for all requests of a repository's workflows together. */
export interface RateLimits {
  /** Concurrent requests. */
  readonly concurrent?: number
  /** Writes within 60 s. */
  readonly contentPerMinute?: number
  /** Requests within an hour that starts with the first one. Requests over the limits above do not count. */
  readonly perHour?: number
}

/** A GitHub App and its installations. */
export interface AppSeed {
  login: string
  /** PEM. */
  publicKey: string
  /** What a token of an installation can do, by the id of the installation. */
  installations: Record<string, TokenGrant>
}

export interface LocalGitHubOptions {
  /** Milliseconds since the epoch. Defaults to `Date.now`. */
  now?: () => number
  /** Defaults to `octo-org/octo-repo`. */
  repository?: string
  /** The owner of the repository. Defaults to `Organization`. */
  ownerType?: OwnerType
  private?: boolean
  /** Defaults to `main`. */
  defaultBranch?: string
  /** Commits by full ref name. Defaults to only `refs/heads/main`. */
  refs?: Record<string, string>
  /** Other known commits, for example the heads of pull requests from forks. */
  commits?: readonly string[]
  /** Whether every full SHA is a known commit. Defaults to true. */
  anyCommit?: boolean
  tokens?: Record<string, TokenGrant>
  /** By App id. */
  apps?: Record<string, AppSeed>
  /** `forbidden`: all GraphQL fields about deployments are forbidden. */
  graphql?: 'on' | 'forbidden'
  /** Requests per hour and token. Defaults to GitHub's limits. */
  hourlyLimit?: number
  /** GitHub's other limits, for all tokens together. Defaults to none. */
  limits?: RateLimits
  /** How far lists lag behind, in milliseconds. Called for each list. Defaults to 0. */
  lag?: () => number
  /** Defaults to HTTP on 127.0.0.1 and a free port. */
  listen?: ListenOptions
  /** Whether the simulator's responses are validated as well. Differences are added to `problems`. */
  checkAnswers?: boolean
}

export interface RequestRecord {
  number: number
  method: string
  /** Without `/api/v3`. URL-encoded. */
  path: string
  query: Record<string, string>
  /** Parsed JSON, or the text if it is not JSON. Undefined if empty. */
  body: unknown
  headers: Record<string, string>
  token: string | undefined
  product: Product
  /** The status of the response. 0 before it is sent, and if the connection was reset. */
  status: number
  requestId: string
  at: number
  /** `POST /repos/{owner}/{repo}/deployments`, `graphql mutation Name`, or `unknown`. */
  operation: string
  isWrite: boolean
}

export interface Answer {
  status: number
  headers: Record<string, string>
  /** An object is sent as JSON, a string unchanged, undefined as an empty body. */
  body?: unknown
}

/** What an interceptor can return to replace GitHub's response. */
export type Scripted =
  | 'reset'
  | { status: number; headers?: Record<string, string>; body?: unknown; after?: boolean }
  | { reset: true; after?: boolean }
  | { deliver: Deliver; answer?: Answer }

/** A response with all its headers. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** Writes a response in a special way, for example in pieces. */
export type Deliver = (response: ServerResponse, ready: WireAnswer) => void | Promise<void>

/**
 * `proceed` processes the request (at most once) and returns GitHub's response. `closed` aborts when the client
 * disconnects. A `deliver` without an `answer` gets GitHub's response.
 */
export type Interceptor = (
  request: RequestRecord,
  proceed: () => Promise<Answer>,
  closed: AbortSignal
) => Scripted | undefined | Promise<Scripted | undefined>

export type EventName = 'deployment' | 'deployment_status'

/** The event that GitHub delivers to webhooks. */
export interface GitHubEvent {
  name: EventName
  action: 'created'
  deployment: Record<string, unknown>
  deployment_status?: Record<string, unknown>
  repository: { full_name: string }
  sender: { login: string }
  tokenKind: TokenKind
  /** The body of a webhook delivery. */
  payload(): Record<string, unknown>
  /** False for events created with `GITHUB_TOKEN`, which don't trigger workflows. */
  startsWorkflows: boolean
}

export interface RunnerUrls {
  GITHUB_SERVER_URL: string
  GITHUB_API_URL: string
  GITHUB_GRAPHQL_URL: string
}

/** A web page. */
export interface Page {
  status: number
  headers: Record<string, string>
  body: string
}

/** Returns undefined if the request is not for a page. */
export type Pages = (request: IncomingMessage) => Page | undefined

export interface LocalGitHub {
  origin: string
  env(product?: Product): RunnerUrls
  store: Store
  requests: RequestRecord[]
  /** Requests that are invalid by GitHub's API descriptions, and unknown routes. Tests expect []. */
  problems: string[]
  events: GitHubEvent[]
  /** Requests that were sent before a wait required by `limits` was over. Tests expect []. */
  limitViolations: readonly string[]
  /** Adds an interceptor. Returns a function that removes it. */
  intercept(handler: Interceptor): () => void
  /** Serves web pages next to the API. Their requests are neither recorded nor validated. */
  setPages(pages: Pages): void
  /** Refuses connections until the returned function is called. */
  refuseConnections(): () => Promise<void>
  on(name: EventName, listener: (event: GitHubEvent) => void): () => void
  close(): Promise<void>
}

export type { RepositoryStore, Store }
