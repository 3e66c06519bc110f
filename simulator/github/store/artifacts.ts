import type { ArtifactRecord, NewArtifactRecord } from '../model.ts'
import type { Clock } from './state.ts'

export interface ArtifactStore {
  /** The deployment records of artifacts, of all organizations. */
  artifactRecords(): readonly ArtifactRecord[]
  putArtifactRecord(record: NewArtifactRecord): ArtifactRecord
}

/** Stores one record for each organization, environment, cluster and deployment name. */
export function createArtifactStore(clock: Clock): ArtifactStore {
  const records = new Map<string, ArtifactRecord>()
  return {
    artifactRecords: () => [...records.values()],
    putArtifactRecord: record => {
      const { org, logicalEnvironment, physicalEnvironment, cluster, deploymentName } = record
      const key = JSON.stringify([org.toLowerCase(), logicalEnvironment, physicalEnvironment, cluster, deploymentName])
      const now = clock.now()
      const known = records.get(key) ?? { id: clock.ids.other(), createdAt: now }
      const stored = { ...record, id: known.id, createdAt: known.createdAt, updatedAt: now }
      records.set(key, stored)
      return stored
    }
  }
}
