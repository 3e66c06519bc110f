import type { Scripted } from '../../../simulator/github/index.ts'
import { isCreate, isStatus, type MessageCase } from '../../support/catalogue.ts'

/** The deployment was made inactive before post reads it. */
export function deactivated(): NonNullable<MessageCase['answer']> {
  const body = [{ id: 9, state: 'inactive', environment_url: '', log_url: '', description: '' }]
  return ({ method, path }) => (method === 'GET' && path.endsWith('/statuses') ? { status: 200, body } : undefined)
}

/** GitHub creates the deployment, but its response and the look-ups come too late. */
export function twice(onInactive?: Scripted): NonNullable<MessageCase['answer']> {
  let creates = 0
  return request => {
    if (isCreate(request)) {
      creates += 1
      return creates === 1 ? { reset: true, after: true } : undefined
    }
    if (onInactive && isStatus(request, 'inactive')) return onInactive
    // REST's list lags behind until the second create has been processed.
    const isList = request.method === 'GET' && /\/deployments(\?|$)/.test(request.path)
    return isList && creates < 2 ? { status: 200, body: [] } : undefined
  }
}
