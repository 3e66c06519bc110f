import type { ArtifactRecord } from '../deployment/artifacts.ts'
import { type ArtifactSubject, artifactRecords, subjectsProblem } from '../deployment/artifacts.ts'
import type { Deployments } from '../github/deployments.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import { type Artifacts, parseArtifacts } from '../inputs/artifacts.ts'
import { ActionError, InputError } from '../lib/errors.ts'
import { readArtifactsList } from '../runner/runner-file.ts'
import type { Step } from '../runner/step.ts'

const NOT_AFFECTED = 'The deployment is not affected.'

interface ArtifactDeps {
  readonly deployments: Deployments
  readonly step: Pick<Step, 'env' | 'log'>
}

/** The deployment that the artifacts belong to. */
export interface ArtifactTarget {
  readonly environment: string
  readonly task: string
}

/** Records that a successful deployment runs these artifacts. A problem is a warning: it never throws an ActionError. */
export async function recordDeployed(deps: ArtifactDeps, text: string, target: ArtifactTarget): Promise<void> {
  const artifacts = parsed(deps, text)
  if (artifacts.kind === 'none') return
  if (artifacts.kind === 'list') {
    for (const line of artifacts.incomplete) {
      deps.step.log.warning(`artifacts: "${line}" has no digest, so it was not recorded.`, 'artifacts')
    }
    return recordAll(deps, artifacts.subjects, target, 'deployed')
  }
  const declared = readArtifactsList(deps.step.env)
  if (declared === undefined) {
    deps.step.log.warning(
      'artifacts: this runner does not provide the list of artifacts ("GITHUB_ARTIFACTS_LIST"), so none was recorded. List them as <name>@sha256:<digest>.',
      'artifacts'
    )
    return
  }
  if (declared.length === 0) deps.step.log.info('No earlier step declared an OCI artifact.')
  return recordAll(deps, declared, target, 'deployed')
}

/** Records that the artifacts no longer run. A problem is a warning: it never throws an ActionError. */
export const recordDecommissioned = (
  deps: ArtifactDeps,
  subjects: readonly ArtifactSubject[],
  target: ArtifactTarget
): Promise<void> => recordAll(deps, subjects, target, 'decommissioned')

function parsed({ step: { log } }: ArtifactDeps, text: string): Artifacts {
  try {
    return parseArtifacts(text)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    log.warning(`${error.message}. No artifact was recorded.`, 'artifacts')
    return { kind: 'none' }
  }
}

async function recordAll(
  { deployments, step: { log } }: ArtifactDeps,
  subjects: readonly ArtifactSubject[],
  target: ArtifactTarget,
  status: ArtifactRecord['status']
): Promise<void> {
  const problem = subjectsProblem(subjects, target.environment)
  if (problem !== undefined) {
    log.warning(`artifacts: ${problem}, so none was recorded.`, 'artifacts')
    return
  }
  for (const record of artifactRecords(subjects, target, status)) {
    try {
      const isSent = await deployments.recordArtifact(record, NOT_AFFECTED)
      if (isSent) log.info(`Recorded ${record.name}@${record.digest} as ${status} in ${record.environment}`)
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      log.warning(error.message, error.section)
      // These failures are the same for all records.
      if ([401, 403, 404].includes(failureOf(error)?.status ?? 0)) return
    }
  }
}
