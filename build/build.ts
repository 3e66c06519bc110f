/**
 * Builds `dist/`: one bundle by ncc and the two entry files that the runner starts. There is no source map: the bundle is
 * not minified, so stack traces contain function names, and a map would be larger than the bundle.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkInstalled } from './installed.ts'
import { prune } from './prune.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const destination = process.argv[2] ?? join(root, 'dist')
// Built next to the destination and moved when it is complete, so that a failed build keeps the previous one.
const out = `${destination}.new`

const entry = (stage: 'main' | 'post') => `import { ${stage} } from './index.js'\n\nawait ${stage}()\n`

checkInstalled(root)
rmSync(out, { recursive: true, force: true })
const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js')
// `npx tsc` checks the types. Here they are only removed, with the settings of `src/tsconfig.json`.
const options = ['--out', out, '--license', 'licenses.txt', '--no-cache', '--transpile-only']
execFileSync(process.execPath, [ncc, 'build', 'src/index.ts', ...options], {
  cwd: root,
  stdio: 'inherit'
})

const bundle = join(out, 'index.js')
writeFileSync(bundle, prune(readFileSync(bundle, 'utf8')))
writeFileSync(join(out, 'main.js'), entry('main'))
writeFileSync(join(out, 'post.js'), entry('post'))

rmSync(destination, { recursive: true, force: true })
renameSync(out, destination)
