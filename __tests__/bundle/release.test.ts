import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { ROOT } from '../support/scenario.ts'

// The steps of `.ci/release` that protect the release job from the build. `gh` is a script with fixed answers.
const folder = mkdtempSync(join(tmpdir(), 'release-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const GH = `#!/bin/sh
printf '%s\\n' "$*" >>"$GH_LOG"
case "$2" in
  repos/org/action) echo trunk ;;
  repos/org/action/compare/trunk...abc) echo "$COMPARED" ;;
  *) echo "gh: unexpected call: $*" >&2; exit 1 ;;
esac
`
writeFileSync(join(folder, 'gh'), GH, { mode: 0o755 })

function release(parameters: readonly string[], compared = '') {
  const env = {
    PATH: `${folder}${delimiter}${process.env['PATH']}`,
    GH_LOG: join(folder, 'log'),
    GITHUB_REPOSITORY: 'org/action',
    GITHUB_SHA: 'abc',
    COMPARED: compared
  }
  const script = join(ROOT, '.ci', 'release')
  return spawnSync('bash', [script, ...parameters], { env, encoding: 'utf8' })
}

test.each(['identical', 'behind'])('a commit on the default branch is released: %s', compared => {
  expect(release(['branch'], compared)).toMatchObject({ status: 0, stdout: '' })
})

test.each(['ahead', 'diverged', ''])('a commit that is not on the default branch is rejected: %s', compared => {
  const { status, stdout } = release(['branch'], compared)
  expect(status).toBe(1)
  expect(stdout).toContain('::error::abc is not on trunk')
})

/** A copy of the committed `dist`, changed. */
function build(name: string, change: (dist: string) => void): string {
  const dist = join(folder, name)
  cpSync(join(ROOT, 'dist'), dist, { recursive: true })
  change(dist)
  return dist
}

test('a build with the bytes of the committed files is accepted', () => {
  expect(release(['compare', build('same', () => undefined)])).toMatchObject({
    status: 0,
    stdout: ''
  })
})

test.each<[string, (dist: string) => void]>([
  ['a changed byte', dist => writeFileSync(join(dist, 'main.js'), ' ', { flag: 'a' })],
  ['a missing file', dist => rmSync(join(dist, 'post.js'))],
  ['one more file', dist => writeFileSync(join(dist, 'more.js'), '')],
  ['one more folder', dist => mkdirSync(join(dist, 'more'))],
  [
    'a link to the same bytes',
    dist => {
      rmSync(join(dist, 'main.js'))
      symlinkSync(join(ROOT, 'dist', 'main.js'), join(dist, 'main.js'))
    }
  ]
])('a build with %s is refused', (name, change) => {
  const { status, stdout } = release(['compare', build(name, change)])
  expect(status).toBe(1)
  expect(stdout).toContain('::error::dist/ differs from the build of this commit')
})

test('the workflow uses both checks before it signs', () => {
  const workflow = readFileSync(join(ROOT, '.github', 'workflows', 'release.yml'), 'utf8')
  const job = workflow.slice(workflow.indexOf('\n  release:\n'))
  const places = ['.ci/release branch', '.ci/release compare', 'actions/attest@', '.ci/release publish'].map(text =>
    job.indexOf(text)
  )
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((one, other) => one - other))
})
