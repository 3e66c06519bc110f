export type EventName =
  | 'delete'
  | 'deployment'
  | 'deployment_status'
  | 'issue_comment'
  | 'merge_group'
  | 'pull_request'
  | 'pull_request_review'
  | 'pull_request_target'
  | 'push'
  | 'release'
  | 'repository_dispatch'
  | 'schedule'
  | 'workflow_dispatch'
  | 'workflow_run'

/** What a test may want to be different; each event takes what it knows. */
export interface EventOptions {
  /** `octo-org/octo-repo` unless given. */
  repository?: string
  /** `main` unless given. */
  defaultBranch?: string
  /** `opened`, `synchronize`, `closed`, `completed`, `published` … */
  action?: string
  /** Who did it; `dependabot[bot]` makes it a bot. */
  sender?: string
  /** The commit in question: head of a pull request, of a run, of a push. */
  sha?: string
  /** Branch of a push, head branch of a pull request or of a run; the deleted one. */
  branch?: string
  /** Tag of a push or of a release; the deleted one. */
  tag?: string
  /** A push that deletes its branch or tag. */
  deleted?: boolean
  /** Pull request or issue. */
  number?: number
  baseSha?: string
  mergeSha?: string
  /** With action `closed`. */
  merged?: boolean
  closedAt?: string
  /** `someone/octo-repo`: the pull request or the run comes from this fork. */
  fork?: string
  /** The comment is on a pull request. */
  onPullRequest?: boolean
  /** `deployment.id`, `.environment`, `.ref`, `.task`, `.payload` … */
  deployment?: object
  /** Of a `deployment_status`. */
  state?: string
  /** Of the run that a `workflow_run` is about. */
  runId?: number
  runAttempt?: number
  conclusion?: string
  /** Inputs of a `workflow_dispatch`. */
  inputs?: object
  clientPayload?: object
  /** Written over the payload at the end, level by level. */
  payload?: object
}
