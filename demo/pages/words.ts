import type { DeploymentRecord, DeploymentState, StatusState } from '../../simulator/github/index.ts'
import { type Html, html } from './html.ts'

/** `In progress` for `IN_PROGRESS` and `in_progress`. */
export const stateWords = (state: DeploymentState | StatusState): string => {
  const words = state.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A colored label with the state. */
export const badge = (state: DeploymentState | StatusState): Html =>
  html`<span class="state" data-state="${state.toLowerCase()}">${stateWords(state)}</span>`

const iso = (at: number): string => new Date(at).toISOString()

/** `2026-03-01 12:00:05`, in UTC. */
export const moment = (at: number): Html =>
  html`<time datetime="${iso(at)}">${iso(at).slice(0, 19).replace('T', ' ')}</time>`

/** `12:00:05`, with the date as a tooltip. */
export const clock = (at: number): Html =>
  html`<time datetime="${iso(at)}" title="${iso(at)}">${iso(at).slice(11, 19)}</time>`

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000]
] as const
const relative = new Intl.RelativeTimeFormat('en')

/** `3 minutes ago`. Without seconds, so that an idle page does not change. */
export function age(at: number, now: number): Html {
  const found = UNITS.find(([, length]) => now - at >= length)
  const text = found ? relative.format(-Math.floor((now - at) / found[1]), found[0]) : 'just now'
  return html`<time datetime="${iso(at)}" title="${iso(at)}">${text}</time>`
}

const FINAL: ReadonlySet<StatusState> = new Set(['success', 'failure', 'error', 'inactive'])

/** The time from creation to the first final state, for example `1 min 5 s`. Undefined before that. */
export function durationText({ createdAt, statuses }: DeploymentRecord): string | undefined {
  const end = statuses.find(status => FINAL.has(status.state))?.createdAt
  if (end === undefined) return undefined
  const seconds = Math.max(0, Math.round((end - createdAt) / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** The branch or tag: the ref of the deployment, or the one in the payload if the ref is a SHA. */
export function refOf({ ref, sha, payload }: DeploymentRecord): string | undefined {
  if (ref.toLowerCase() !== sha.toLowerCase()) return ref.replace(/^refs\/(heads|tags)\//, '')
  const kept: unknown = Object(Object(payload)['deploy-status-action']).ref
  return typeof kept === 'string' && kept !== '' ? kept : undefined
}
