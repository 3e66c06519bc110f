import { isAllowed, notAccessible } from '../access.ts'
import { stringField } from '../fields.ts'
import { errorAnswer, json, notFound } from '../http/answers.ts'
import type { Caller } from '../inspection.ts'
import type { ArtifactRecord, NewArtifactRecord } from '../model.ts'
import type { Store } from '../store/store.ts'
import type { Answer, RequestRecord } from '../types.ts'
import { ARTIFACT_RECORD_PATH } from './description.ts'
import { timestamp } from './shapes.ts'
import type { Match } from './validator.ts'
import { answerViolations } from './violations.ts'

export const CREATE_ARTIFACT_RECORD = `POST ${ARTIFACT_RECORD_PATH}`

/** POST /orgs/{org}/artifacts/metadata/deployment-record: creates a record, or updates the one of the same deployment. */
export function postArtifactRecord(store: Store, record: RequestRecord, match: Match, { grant }: Caller): Answer {
  const { docs, params } = match
  const org = params['org'] ?? ''
  const isOrganization = store
    .all()
    .some(each => each.owner.toLowerCase() === org.toLowerCase() && each.ownerType !== 'User')
  if (!isOrganization) return notFound(docs)
  const headers = { 'x-accepted-github-permissions': 'artifact_metadata=write' }
  // The documentation accepts either permission.
  if (!isAllowed(grant, 'artifact_metadata=write') && !isAllowed(grant, 'contents=write')) {
    return errorAnswer(403, { message: notAccessible(grant), docs, headers })
  }
  const rejected = answerViolations(record, match)
  if (rejected) return { ...rejected, headers: { ...headers, ...rejected.headers } }
  const body: Record<string, unknown> = Object(record.body)
  const stored = store.putArtifactRecord(readRecord(org, body))
  const hasRecords = body['return_records'] !== false
  const records = { deployment_records: [shape(stored)] }
  return json(200, { total_count: 1, ...(hasRecords && records) }, headers)
}

const readRecord = (org: string, body: Record<string, unknown>): NewArtifactRecord => ({
  org,
  name: stringField(body, 'name') ?? '',
  digest: stringField(body, 'digest') ?? '',
  status: stringField(body, 'status') ?? '',
  logicalEnvironment: stringField(body, 'logical_environment') ?? '',
  physicalEnvironment: stringField(body, 'physical_environment') ?? '',
  cluster: stringField(body, 'cluster') ?? '',
  deploymentName: stringField(body, 'deployment_name') ?? '',
  githubRepository: stringField(body, 'github_repository')
})

const shape = (record: ArtifactRecord): Record<string, unknown> => ({
  id: record.id,
  digest: record.digest,
  logical_environment: record.logicalEnvironment,
  physical_environment: record.physicalEnvironment,
  cluster: record.cluster,
  deployment_name: record.deploymentName,
  tags: {},
  created_at: timestamp(record.createdAt),
  updated_at: timestamp(record.updatedAt),
  attestation_id: null
})
