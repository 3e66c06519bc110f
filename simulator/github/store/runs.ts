import type { RunAttempt, RunJob } from '../model.ts'
import type { RepositoryState } from './state.ts'

export interface RunSeed {
  status: string
  conclusion?: string | null
  name?: string
  headSha?: string
  headBranch?: string | null
  jobs?: readonly RunJob[]
}

/** Adds or replaces one attempt of a workflow run. */
export function setRun(repository: RepositoryState, id: number, attempt: number, seed: RunSeed): void {
  const run: RunAttempt = {
    id,
    attempt,
    conclusion: null,
    name: 'Deploy',
    headSha: repository.refs.get(`refs/heads/${repository.defaultBranch}`) ?? '0'.repeat(40),
    headBranch: repository.defaultBranch,
    jobs: [],
    ...seed
  }
  const others = (repository.runs.get(id) ?? []).filter(each => each.attempt !== attempt)
  repository.runs.set(
    id,
    [...others, run].sort((a, b) => a.attempt - b.attempt)
  )
}
