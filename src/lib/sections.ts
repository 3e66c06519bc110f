/** The sections of docs/troubleshooting.md that messages link to, by their headings. */
export const SECTIONS = {
  permissions: 'The token lacks a permission',
  token: 'GitHub rejects the token',
  notFound: 'GitHub answers 404',
  readOnly: 'Pull requests from forks and Dependabot',
  deleteEnvironment: 'The environment is not deleted',
  checks: 'Required checks are not green',
  autoMerge: 'GitHub merges instead of deploying',
  ref: 'The ref does not exist',
  rejected: 'GitHub rejects a value',
  otherCommit: 'GitHub records another commit',
  unexpected: 'GitHub gives an unexpected answer',
  rateLimit: 'GitHub limits the requests',
  outage: 'GitHub does not answer',
  connection: 'The runner cannot connect to GitHub',
  open: 'A deployment stays in progress',
  duplicate: 'GitHub created a deployment twice',
  jobKey: 'The environment key creates a second deployment',
  workspace: 'The workspace has another commit',
  superseded: 'A newer deployment has succeeded',
  earlier: 'An earlier deployment is still active',
  notChecked: 'The state was posted without a check',
  changed: 'The state changed while the job ran',
  lateValues: 'A value that becomes known late is not used',
  previous: 'The previous deployment is not known',
  reused: 'A reused deployment ignores inputs',
  ended: 'The pull request is closed or the ref is deleted',
  nothingToFinish: 'Finish finds no deployment',
  several: 'Finish finds several deployments',
  background: 'A start step has not finished yet',
  cleanup: 'Cleanup cannot read a workflow run',
  noMatch: 'No deployment matches the environment',
  partly: 'Not all deployments were changed',
  command: 'The command failed or did not start',
  commandFiles: 'The command wrote a malformed line',
  runnerFiles: 'A file of the runner cannot be written',
  internal: 'The action ended early',
  artifacts: 'An artifact is not recorded',
  inputs: 'Inputs',
  migration: 'Inputs of another action'
} as const

export type Section = keyof typeof SECTIONS

/** The anchor that GitHub gives the heading of a section, which has only letters, digits and spaces. */
export const anchorOf = (section: Section): string => SECTIONS[section].toLowerCase().replaceAll(' ', '-')
