import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from './support/story.ts'

/**
 * The layers of src, lowest first. A file imports from its own layer and from lower ones, and only the
 * packages named here. A file that is missing fails, so that each new one is given a place.
 */
const LAYERS: readonly Readonly<Record<string, readonly string[]>>[] = [
  // 0: words and text. Nothing is read from the world here.
  {
    'deployment.ts': [],
    'version.ts': [],
    'errors.ts': [],
    'text.ts': [],
    'glob.ts': [],
    'bare-comma.ts': [],
    'inputs/nearest.ts': [],
    'parse.ts': [],
    'payload.ts': [],
    'result.ts': [],
    'timeline.ts': [],
    'markdown.ts': [],
    'secret.ts': [],
    'output-file.ts': [],
    'clock.ts': ['node:crypto'],
    'engine.ts': ['node:v8'],
    'launch.ts': ['node:child_process', 'node:fs', 'node:os']
  },
  // 1: facts come in, requests go out.
  {
    'event.ts': ['node:fs'],
    'context.ts': [],
    'inputs/types.ts': [],
    'inputs/values.ts': [],
    'inputs/payload.ts': [],
    'inputs/common.ts': [],
    'inputs/foreign-names.ts': [],
    'inputs/foreign.ts': [],
    'inputs/read.ts': [],
    'begun.ts': [],
    'ledger.ts': ['node:fs', 'node:path'],
    'target.ts': [],
    'github/trace.ts': [],
    'github/transport.ts': ['node:http', 'node:https'],
    'github/failure.ts': [],
    'github/judgement.ts': [],
    'github/persist.ts': [],
    'github/event-path.ts': [],
    'github/client.ts': ['@actions/github', '@actions/github/lib/utils'],
    'github/answers.ts': [],
    'github/fields.ts': [],
    'github/explain.ts': [],
    'github/history.ts': [],
    'github/rest.ts': [],
    'github/list.ts': [],
    'github/pace.ts': [],
    'github/runs.ts': [],
    'github/document.ts': [],
    'github/batch.ts': [],
    'github/many.ts': [],
    'github/write.ts': [],
    'github/deployments.ts': [],
    'github/dry-run.ts': [],
    'github/open.ts': []
  },
  // 2: decisions. Everything they do to the world is handed in.
  {
    'summary.ts': [],
    'retired-summary.ts': [],
    'modes/outputs.ts': [],
    'modes/tools.ts': [],
    'modes/tolerance.ts': [],
    'modes/leaving.ts': [],
    'modes/overtaken.ts': [],
    'modes/reap.ts': [],
    'modes/progress.ts': [],
    'modes/read-all.ts': [],
    'modes/target.ts': [],
    'modes/history.ts': [],
    'modes/plan.ts': [],
    'modes/close.ts': [],
    'modes/close-all.ts': [],
    'modes/final-status.ts': [],
    'modes/supersede.ts': [],
    'modes/choice.ts': [],
    'modes/left-open.ts': [],
    'modes/choose.ts': [],
    'modes/select.ts': [],
    'modes/retire.ts': [],
    'modes/start.ts': [],
    'modes/wrap.ts': [],
    'modes/finish.ts': [],
    'modes/find-begun.ts': [],
    'modes/deactivate.ts': []
  },
  // 3: the two stories, and the edge to the runner.
  {
    'toolkit.ts': ['node:fs', '@actions/core'],
    'step.ts': [],
    'group.ts': ['node:fs'],
    'command.ts': ['node:fs', 'node:os', 'node:path', 'node:url', '@actions/exec'],
    'main.ts': [],
    'post.ts': []
  },
  // 4: the face of the bundle.
  { 'index.ts': [] }
]

const layerOf = (file: string): number => LAYERS.findIndex(layer => Object.hasOwn(layer, file))

/** As the table writes it, on Windows too. */
const named = (path: string): string => path.replaceAll('\\', '/')

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(named)

/** What a file imports: packages by name, our own files by their path below src. */
function importsOf(file: string): { packages: string[]; own: string[] } {
  const source = readFileSync(join(ROOT, 'src', file), 'utf8')
  const names = [...source.matchAll(/(?:from |import |import\()'([^']+)'/g)].map(
    match => match[1] ?? ''
  )
  const own = names.filter(name => name.startsWith('.'))
  return {
    packages: names.filter(name => !name.startsWith('.')),
    own: own.map(name => named(join(file, '..', name)))
  }
}

test.each(files)('%s imports only what its layer allows', file => {
  const layer = layerOf(file)
  expect(layer).toBeGreaterThanOrEqual(0)
  const { packages, own } = importsOf(file)
  expect(packages.filter(name => !LAYERS[layer]?.[file]?.includes(name))).toEqual([])
  expect(own.filter(other => layerOf(other) < 0 || layerOf(other) > layer)).toEqual([])
})

test('the table names no file that is gone', () => {
  expect(LAYERS.flatMap(layer => Object.keys(layer)).sort()).toEqual([...files].sort())
})

test('only post knows the late inputs, and it cannot start anything', () => {
  const { own } = importsOf('post.ts')
  expect(own.filter(name => /modes\/(start|plan|deactivate|finish)\.ts$/.test(name))).toEqual([])
})

test('only the edge reads the environment of the process or writes to its streams', () => {
  const users = files.filter(file => {
    const source = readFileSync(join(ROOT, 'src', file), 'utf8')
    return /process\.(env|stdout|stderr)|console\./.test(source)
  })
  expect(users.sort()).toEqual(['command.ts', 'github/event-path.ts', 'index.ts', 'launch.ts'])
})
