import { type ArtifactSubject, toSubject } from '../deployment/artifacts.ts'
import { get, getText, parseJson } from '../lib/json.ts'
import type { Env } from './addresses.ts'
import { readRegularFile } from './runner-file.ts'

const MAX_BYTES = 1024 * 1024

/**
 * The OCI artifacts that earlier steps of the job declared in `$GITHUB_ARTIFACTS`. `undefined` if the runner does not
 * provide the list. Other steps can write to the file, so invalid entries are ignored.
 */
export function readArtifactsList(env: Env): readonly ArtifactSubject[] | undefined {
  const text = readRegularFile(env['GITHUB_ARTIFACTS_LIST'] ?? '', MAX_BYTES) ?? ''
  const listed = get(parseJson(text), 'subjects')
  if (!Array.isArray(listed)) return undefined
  return listed
    .filter(each => getText(each, 'kind') === 'oci')
    .map(each => toSubject(getText(each, 'name'), getText(each, 'digest')))
    .filter(subject => subject !== undefined)
}
