import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { oncePerProcess } from '../native-modules.ts'
import { field, textField } from './event-facts.ts'
import { interpolateText, type Scope, TemplateError } from './expressions.ts'
import type { StepFile } from './step-file.ts'

export interface Manifest {
  /** The folder of `action.yml`. */
  folder: string
  name: string
  inputs: Record<string, { default?: unknown; deprecationMessage?: string } | null>
  outputs: Record<string, { value?: unknown } | null>
  runs:
    | { using: 'node'; main: string; post: string | undefined; postIf: string }
    | { using: 'composite'; steps: StepFile[] }
}

/**
 * Reads the `action.yml` of a folder.
 * @throws {TemplateError} if there is none, or for a kind of action that this runner doesn't support
 */
export function readManifest(folder: string): Manifest {
  const path = ['action.yml', 'action.yaml'].map(name => join(folder, name)).find(existsSync)
  if (path === undefined) {
    throw new TemplateError(`Can't find 'action.yml' or 'action.yaml' under '${folder}'.`)
  }
  const text = readFileSync(path, 'utf8')
  const file = oncePerProcess<unknown>(`manifest ${text}`, () => parse(text))
  return {
    folder,
    name: textField(file, 'name'),
    inputs: (field(file, 'inputs') ?? {}) as Manifest['inputs'],
    outputs: (field(file, 'outputs') ?? {}) as Manifest['outputs'],
    runs: runsOf(file)
  }
}

function runsOf(file: unknown): Manifest['runs'] {
  const using = textField(file, 'runs', 'using').toLowerCase()
  if (using === 'composite') {
    const steps = field(file, 'runs', 'steps')
    return { using, steps: Array.isArray(steps) ? steps : [] }
  }
  if (!/^node\d+$/.test(using)) {
    throw new TemplateError(`runs.using: this runner knows node and composite, not '${using}'`)
  }
  if (field(file, 'runs', 'pre') !== undefined) {
    throw new TemplateError('runs.pre: this runner has no `pre` stage')
  }
  return {
    using: 'node',
    main: textField(file, 'runs', 'main'),
    post: textField(file, 'runs', 'post') || undefined,
    postIf: textField(file, 'runs', 'post-if') || 'always()'
  }
}

// The contexts of a default (action_yaml.json, input-default-context).
const IN_DEFAULTS = ['github', 'strategy', 'matrix', 'job', 'runner']

/** The inputs of one stage: the given ones, even if empty, and the defaults of the others. */
export function withDefaults(manifest: Manifest, given: Record<string, string>, scope: Scope): Record<string, string> {
  const has = new Set(Object.keys(given).map(name => name.toLowerCase()))
  const contexts = Object.fromEntries(IN_DEFAULTS.map(name => [name, scope.contexts[name]]))
  const defaults = Object.entries(manifest.inputs)
    .filter(([name]) => !has.has(name.toLowerCase()))
    .map(([name, input]) => [name, interpolateText(input?.default ?? '', { contexts, workspace: scope.workspace })])
  return { ...given, ...Object.fromEntries(defaults) }
}

/** The runner's warnings about `with:`. */
export function inputWarnings(manifest: Manifest, given: Record<string, string>): string[] {
  const valid = Object.keys(manifest.inputs)
  const known = new Map(valid.map(name => [name.toLowerCase(), manifest.inputs[name]]))
  const unexpected = Object.keys(given).filter(name => !known.has(name.toLowerCase()))
  const deprecated = Object.keys(given).flatMap(name => {
    const message = known.get(name.toLowerCase())?.deprecationMessage
    return message === undefined ? [] : [`Input '${name}' has been deprecated with message: ${message}`]
  })
  return unexpected.length === 0
    ? deprecated
    : [...deprecated, `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid.join("', '")}']`]
}

/** `INPUT_*` variables: in upper case, with underscores for blanks. Hyphens stay. */
export const inputEnv = (inputs: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value])
  )
