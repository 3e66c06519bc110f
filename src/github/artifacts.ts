import type { ArtifactRecord } from '../deployment/artifacts.ts'
import { RequestError } from '../lib/errors.ts'
import { get, type JsonObject } from '../lib/json.ts'
import type { Client } from './client.ts'
import { explain, type OnFailure, permissionsBlock } from './error-messages.ts'
import { toFailure } from './failure.ts'

const PERMISSIONS = `Set these permissions for the job:\n${permissionsBlock({ 'artifact-metadata': 'write' })}`
const NO_ENDPOINT = 'Artifact records need a repository that belongs to an organization, on github.com or GHE.com.'

/** The body of the request for an artifact record. */
export const artifactFields = (
  repository: string,
  { name, digest, status, environment, deploymentName }: ArtifactRecord
): JsonObject => ({
  name,
  digest,
  status,
  logical_environment: environment,
  deployment_name: deploymentName,
  github_repository: repository.split('/')[1],
  return_records: false
})

/**
 * Creates or updates an artifact record. Throws a RequestError.
 * https://docs.github.com/rest/orgs/artifact-metadata#create-an-artifact-deployment-record
 */
export async function recordArtifact(
  client: Client,
  repository: string,
  record: ArtifactRecord,
  onFailure: OnFailure
): Promise<void> {
  const [org] = repository.split('/')
  const operation = `record the artifact ${record.name} as ${record.status}`
  try {
    await client.send({
      operation,
      route: 'POST /orgs/{org}/artifacts/metadata/deployment-record',
      parameters: { org, ...artifactFields(repository, record) },
      read: data => typeof get(data, 'total_count') === 'number' || undefined,
      // The same record again is an update.
      onUnknown: 'again'
    })
  } catch (error) {
    const failure = toFailure(error)
    const { parts } = explain(failure, { operation, repository, isRead: false, onFailure })
    const isOfJob = failure.status === 403 && /not accessible by integration/i.test(failure.message)
    const next = isOfJob ? PERMISSIONS : failure.status === 404 ? NO_ENDPOINT : parts.next
    throw new RequestError({ ...parts, next, section: 'artifacts' }, failure)
  }
}
