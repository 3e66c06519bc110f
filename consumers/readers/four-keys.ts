/**
 * Four Keys, as in `queries/deployments.sql` of dora-team/fourkeys: a `deployment_status` event with the state `success`
 * is a deployment of `deployment.sha`.
 */
export const deployedCommits = (events: readonly { readonly name: string; payload(): unknown }[]): readonly string[] =>
  events
    .filter(({ name }) => name === 'deployment_status')
    .map(event => Object(event.payload()))
    .filter(payload => payload.deployment_status.state === 'success')
    .map(payload => payload.deployment.sha)
