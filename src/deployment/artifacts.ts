/** An OCI artifact, for example a container image. */
export interface ArtifactSubject {
  /** Without a tag: `ghcr.io/octo-org/app`. */
  readonly name: string
  /** `sha256:<64 hexadecimal digits>`. */
  readonly digest: string
}

/** An artifact record of GitHub: which artifact a deployment runs. */
export interface ArtifactRecord extends ArtifactSubject {
  readonly status: 'deployed' | 'decommissioned'
  readonly environment: string
  /** GitHub keeps one record for each environment and deployment name. */
  readonly deploymentName: string
}

const MAX_SUBJECTS = 20
const MAX_ENVIRONMENT_CHARS = 128
const MAX_NAME_CHARS = 256

/** The subject, or `undefined` if it is invalid. A tag is not part of the name of an artifact. */
export function toSubject(reference: string, digest: string): ArtifactSubject | undefined {
  const name = reference.replace(/:[\w.-]+$/, '')
  const isName = /^[\x21-\x7e]+$/.test(name) && name.length <= MAX_NAME_CHARS
  return isName && /^sha256:[0-9a-f]{64}$/.test(digest) ? { name, digest } : undefined
}

/** Why the subjects cannot be recorded, or `undefined`. */
export function subjectsProblem(subjects: readonly ArtifactSubject[], environment: string): string | undefined {
  if (subjects.length > MAX_SUBJECTS) {
    return `${subjects.length} artifacts, more than the limit of ${MAX_SUBJECTS}`
  }
  if ([...environment].length > MAX_ENVIRONMENT_CHARS) {
    return `the environment has more than the ${MAX_ENVIRONMENT_CHARS} characters that GitHub allows for artifacts`
  }
  const names = subjects.map(each => withoutRegistry(each.name))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? undefined : `two artifacts have the name "${twice}"`
}

/** One record for each subject. */
export function artifactRecords(
  subjects: readonly ArtifactSubject[],
  { environment, task }: { readonly environment: string; readonly task: string },
  status: ArtifactRecord['status']
): readonly ArtifactRecord[] {
  const scope = task || 'deploy'
  return subjects.map(({ name, digest }) => {
    const full = subjects.length === 1 ? scope : `${scope}/${withoutRegistry(name)}`
    const deploymentName = [...full].slice(0, MAX_NAME_CHARS).join('')
    return { name, digest, status, environment, deploymentName }
  })
}

/** The first part is a registry if it has a dot or a port, or is `localhost`, as in Docker's references. */
const withoutRegistry = (name: string): string => name.replace(/^(?:localhost|[^/]*[.:][^/]*)\//, '')
