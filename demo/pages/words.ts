import type { DeploymentRecord, ShownState, StatusState } from '../../simulator/github/index.ts'
import { type Html, html } from './html.ts'

/** `IN_PROGRESS` and `in_progress` as people write it. */
export const stateWords = (state: ShownState | StatusState): string => {
  const words = state.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The state in colour and in words. */
export const badge = (state: ShownState | StatusState): Html =>
  html`<span class="state" data-state="${state.toLowerCase()}">${stateWords(state)}</span>`

const iso = (at: number): string => new Date(at).toISOString()

/** `2026-03-01 12:00:05`, in UTC as all times here. */
export const moment = (at: number): Html =>
  html`<time datetime="${iso(at)}">${iso(at).slice(0, 19).replace('T', ' ')}</time>`

/** `12:00:05`, the whole of it for who points at it. */
export const clock = (at: number): Html =>
  html`<time datetime="${iso(at)}" title="${iso(at)}">${iso(at).slice(11, 19)}</time>`

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000]
] as const
const relative = new Intl.RelativeTimeFormat('en')

/** `3 minutes ago`; never by seconds, so that a page at rest stays as it is. */
export function age(at: number, now: number): Html {
  const found = UNITS.find(([, length]) => now - at >= length)
  const text = found ? relative.format(-Math.floor((now - at) / found[1]), found[0]) : 'just now'
  return html`<time datetime="${iso(at)}" title="${iso(at)}">${text}</time>`
}

const FINAL: ReadonlySet<StatusState> = new Set(['success', 'failure', 'error', 'inactive'])

/** From the beginning to the first final state, `1 min 5 s`; nothing before that. */
export function took({ createdAt, statuses }: DeploymentRecord): string | undefined {
  const end = statuses.find(status => FINAL.has(status.state))?.createdAt
  if (end === undefined) return undefined
  const seconds = Math.max(0, Math.round((end - createdAt) / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** Branch or tag: what the client sent, or what it kept in the payload when it deployed by SHA. */
export function refOf({ ref, sha, payload }: DeploymentRecord): string | undefined {
  if (ref.toLowerCase() !== sha.toLowerCase()) return ref.replace(/^refs\/(heads|tags)\//, '')
  const kept: unknown = Object(Object(payload)['deploy-status-action']).ref
  return typeof kept === 'string' && kept !== '' ? kept : undefined
}
