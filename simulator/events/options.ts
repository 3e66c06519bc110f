export type EventName =
  | 'check_run'
  | 'check_suite'
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
  | 'status'
  | 'workflow_dispatch'
  | 'workflow_run'

/** Changes to the payload. Each event uses the options that concern it. */
export interface EventOptions {
  /** Defaults to `octo-org/octo-repo`. */
  repository?: string
  /** Defaults to `main`. */
  defaultBranch?: string
  /** `opened`, `synchronize`, `closed`, `completed`, `published`, and so on. */
  action?: string
  /** The login of the sender. A name that ends with `[bot]` is a bot. */
  sender?: string
  /** The head commit of a pull request, a run or a push. */
  sha?: string
  /** The branch of a push, the head branch of a pull request or a run, or the deleted branch. */
  branch?: string
  /** The tag of a push or a release, or the deleted tag. */
  tag?: string
  /** Whether a push deletes its branch or tag. */
  deleted?: boolean
  /** The number of the pull request or issue. */
  number?: number
  baseSha?: string
  mergeSha?: string
  /** Used with the action `closed`. */
  merged?: boolean
  closedAt?: string
  /** The fork that the pull request or the run comes from, such as `someone/octo-repo`. */
  fork?: string
  /** Whether the comment is on a pull request. */
  onPullRequest?: boolean
  /** Fields of the deployment, such as `id`, `environment`, `ref`, `task` and `payload`. */
  deployment?: object
  /** The state of a `deployment_status`. */
  state?: string
  /** The id of the run in a `workflow_run`. */
  runId?: number
  runAttempt?: number
  conclusion?: string
  /** The inputs of a `workflow_dispatch`. */
  inputs?: object
  clientPayload?: object
  /** Merged into the payload at the end, level by level. */
  payload?: object
}
