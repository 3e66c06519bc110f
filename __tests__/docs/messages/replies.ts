import type { Scripted } from '../../../simulator/github/index.ts'
import { isCreate, isStatus, type Tale } from '../../support/catalogue.ts'

/** Somebody has made the deployment inactive when post looks. */
export function deactivated(): NonNullable<Tale['answer']> {
  const body = [{ id: 9, state: 'inactive', environment_url: '', log_url: '', description: '' }]
  return ({ method, path }) => (method === 'GET' && path.endsWith('/statuses') ? { status: 200, body } : undefined)
}

/** The create is done, but its answer and the looks that would show it come too late. */
export function twice(onInactive?: Scripted): NonNullable<Tale['answer']> {
  let creates = 0
  return request => {
    if (isCreate(request)) {
      creates += 1
      return creates === 1 ? { reset: true, after: true } : undefined
    }
    if (onInactive && isStatus(request, 'inactive')) return onInactive
    // REST's list lags behind until the second create is through.
    const isList = request.method === 'GET' && /\/deployments(\?|$)/.test(request.path)
    return isList && creates < 2 ? { status: 200, body: [] } : undefined
  }
}
