/**
 * The GitHub app for Slack shows a deployment as one message, which it updates with each `deployment_status` event
 * until a final state. The source of the current app is not public: these states are those of
 * `lib/messages/deployment-status.js` in integrations/slack, and of integrations/slack#756.
 */
const MESSAGES: Readonly<Record<string, string>> = {
  queued: 'queued',
  pending: 'deploying',
  in_progress: 'deploying',
  success: 'deployed',
  error: 'error',
  failure: 'failed'
}

/** The text of the message after these states. */
export const slackMessage = (states: readonly string[]): string => MESSAGES[states.at(-1) ?? ''] ?? ''
