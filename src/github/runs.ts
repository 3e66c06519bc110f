import { getText } from '../lib/json.ts'
import type { Rest } from './rest.ts'

/** One attempt of a workflow run, as GitHub tells. */
export interface Attempt {
  readonly isOver: boolean
  /** GitHub's word for its result; empty where it has none. */
  readonly conclusion: string
}

/** Throws a 404 for a run that is gone, and for one of another repository. */
export const readAttempt = (rest: Rest, runId: number, attempt: number): Promise<Attempt> =>
  rest.call({
    operation: `read attempt ${attempt} of run ${runId}`,
    method: 'GET',
    path: '/actions/runs/{run_id}/attempts/{attempt_number}',
    parameters: { run_id: runId, attempt_number: attempt },
    onUnknown: 'again',
    read: data => {
      const status = getText(data, 'status')
      if (status === '') return undefined
      return { isOver: status === 'completed', conclusion: getText(data, 'conclusion') }
    }
  })
