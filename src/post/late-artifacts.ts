import type { StartRecord } from '../deployment/start-record.ts'
import { type ArtifactTarget, recordDeployed } from '../finalize/artifacts.ts'
import { readArtifactsList } from '../runner/artifacts-list.ts'
import { type Connected, isNested, type PostDeps } from './deps.ts'

/** Records the artifacts of a successful `start`: the digests can come from steps after it. */
export const recordLateArtifacts = (post: PostDeps, deps: Connected, record: StartRecord): Promise<void> =>
  recordArtifacts(post, deps, lateArtifacts(post, record), record)

/** Records artifacts of a successful deployment. */
export const recordArtifacts = (
  { step }: PostDeps,
  deps: Connected,
  artifacts: string,
  target: ArtifactTarget
): Promise<void> => recordDeployed({ ...deps, declaredArtifacts: () => readArtifactsList(step.env) }, artifacts, target)

/** Warns about artifacts of a deployment that this job does not finish. */
export function warnAboutArtifacts(post: PostDeps, record: StartRecord): void {
  if (lateArtifacts(post, record) === '') return
  post.step.log.warning(
    'artifacts: not recorded, because this job does not finish the deployment. Set `artifacts` on the `finish` step.'
  )
}

/** In a composite inside a composite, artifacts that main had stay. */
const lateArtifacts = (post: PostDeps, record: StartRecord): string =>
  isNested(post, record) && record.artifacts !== ''
    ? record.artifacts
    : post.step.input('artifacts') || record.artifacts
