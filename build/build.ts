/**
 * Builds `dist/`: one bundle by ncc, and beside it the two entry files that the runner starts. There is no source map:
 * the bundle is not minified, so its stack traces name our functions, and a map would be most of the download.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inAscii } from './ascii.ts'
import { withLateModules } from './late-modules.ts'
import { withoutComments } from './without-comments.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const destination = process.argv[2] ?? join(root, 'dist')
// Built beside it and moved into place: a build that fails, or is still running, leaves the old one.
const out = `${destination}.new`

const entry = (stage: 'main' | 'post') =>
  `import { ${stage} } from './index.js'\n\nawait ${stage}()\n`

rmSync(out, { recursive: true, force: true })
const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js')
const parameters = [
  'build',
  'src/index.ts',
  '--out',
  out,
  '--license',
  'licenses.txt',
  '--no-cache'
]
execFileSync(process.execPath, [ncc, ...parameters], { cwd: root, stdio: 'inherit' })

const rewrite = (file: string, change: (javascript: string) => string): void =>
  writeFileSync(join(out, file), inAscii(change(readFileSync(join(out, file), 'utf8'))))

rewrite('index.js', bundle => withoutComments(withLateModules(bundle)))
// What is loaded late has files of its own.
for (const file of readdirSync(out)) {
  if (/^\d+\.index\.js$/.test(file)) rewrite(file, withoutComments)
}
writeFileSync(join(out, 'main.js'), entry('main'))
writeFileSync(join(out, 'post.js'), entry('post'))

rmSync(destination, { recursive: true, force: true })
renameSync(out, destination)
