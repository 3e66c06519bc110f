import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reach } from './http/listener.ts'
import type { TokenKind } from './model.ts'
import type { RateLimits } from './rate-limits.ts'
import type { RepositoryStore, Store } from './store/store.ts'

export type Flavour = 'github.com' | 'ghes'
export type Level = 'read' | 'write' | 'none'

/** What a token is and may do; keys of `permissions` as in a workflow's `permissions:`. */
export interface TokenGrant {
  permissions: Record<string, Level>
  /** Repositories (`owner/name`) the token reaches; all of them when absent. */
  repositories?: readonly string[]
  kind?: TokenKind
  login?: string
}

export interface LocalGitHubOptions {
  /** Milliseconds since the epoch; `Date.now` when absent. */
  now?: () => number
  /** `octo-org/octo-repo` when absent. */
  repository?: string
  private?: boolean
  /** `main` when absent. */
  defaultBranch?: string
  /** Full ref names to commits; `refs/heads/main` alone when absent. */
  refs?: Record<string, string>
  /** Further known commits, such as the heads of pull requests from forks. */
  commits?: readonly string[]
  /** True (the default): every full SHA is known. */
  anyCommit?: boolean
  tokens?: Record<string, TokenGrant>
  /** `off`: no GraphQL route at all; `forbidden`: every deployment field is refused. */
  graphql?: 'on' | 'off' | 'forbidden'
  /** Requests a token has per hour; GitHub's own numbers when absent. */
  hourlyLimit?: number
  /** GitHub's other limits, enforced for all tokens together; none when absent. */
  limits?: RateLimits
  /** How many milliseconds the lists are behind what was written, asked for each list; 0 when absent. */
  lag?: () => number
  /** How clients reach it; plain HTTP at 127.0.0.1 when absent. */
  reach?: Reach
  /** Hold every answer against GitHub's description too and note differences in `problems`. */
  checkAnswers?: boolean
}

export interface RequestRecord {
  number: number
  method: string
  /** Without `/api/v3`, still URL-encoded. */
  path: string
  query: Record<string, string>
  /** Parsed JSON, the raw text when it is not JSON, undefined when empty. */
  body: unknown
  headers: Record<string, string>
  token: string | undefined
  flavour: Flavour
  /** The status answered; 0 until then, and when the connection was reset. */
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
  /** An object is sent as JSON, a string as it is, undefined as an empty body. */
  body?: unknown
}

/** What an interceptor may say instead of GitHub. */
export type Scripted =
  | 'reset'
  | { status: number; headers?: Record<string, string>; body?: unknown; after?: boolean }
  | { reset: true; after?: boolean }
  | { deliver: Deliver; answer?: Answer }

/** An answer with all its headers, as it would be written in one piece. */
export interface Ready {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** Writes an answer in a way of its own: late, in pieces, or not to its end. */
export type Deliver = (response: ServerResponse, ready: Ready) => void | Promise<void>

/**
 * `proceed` processes the request now (once) and tells what would have been answered. `closed` fires when
 * the client is gone, so that nobody waits on for one who has given up. A `deliver` without an `answer`
 * gets GitHub's own.
 */
export type Interceptor = (
  request: RequestRecord,
  proceed: () => Promise<Answer>,
  closed: AbortSignal
) => Scripted | undefined | Promise<Scripted | undefined>

export type EventName = 'deployment' | 'deployment_status'

/** What GitHub would deliver to a webhook. */
export interface GitHubEvent {
  name: EventName
  action: 'created'
  deployment: Record<string, unknown>
  deployment_status?: Record<string, unknown>
  repository: { full_name: string }
  sender: { login: string }
  tokenKind: TokenKind
  /** False for events caused with GITHUB_TOKEN: they start no workflow. */
  startsWorkflows: boolean
}

export interface RunnerUrls {
  GITHUB_SERVER_URL: string
  GITHUB_API_URL: string
  GITHUB_GRAPHQL_URL: string
}

/** What a browser is shown. */
export interface Page {
  status: number
  headers: Record<string, string>
  body: string
}

/** Undefined where the request is none for a page. */
export type Pages = (request: IncomingMessage) => Page | undefined

export interface LocalGitHub {
  origin: string
  env(flavour?: Flavour): RunnerUrls
  store: Store
  requests: RequestRecord[]
  /** Requests that GitHub's own descriptions find wrong, and unknown routes: a test asserts []. */
  problems: string[]
  events: GitHubEvent[]
  /** What clients sent while `limits` had told them to wait: a test asserts []. */
  broken: readonly string[]
  /** Adds a handler seen before GitHub's own; returns the function that removes it. */
  intercept(handler: Interceptor): () => void
  /** Serves pages beside the API. They are no requests of it: neither recorded nor checked. */
  show(pages: Pages): void
  /** Connections are refused until the function that this returns is called. */
  refuseConnections(): () => Promise<void>
  on(name: EventName, listener: (event: GitHubEvent) => void): () => void
  close(): Promise<void>
}

export type { RepositoryStore, Store }
