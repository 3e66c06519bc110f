import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Package {
  readonly version?: string
  readonly dev?: boolean
  readonly link?: boolean
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** Throws if a production dependency is not installed in the locked version: `dist/` would contain another one. */
export function checkInstalled(root: string): void {
  const { packages } = read(join(root, 'package-lock.json')) as {
    packages: Record<string, Package>
  }
  for (const [folder, locked] of Object.entries(packages)) {
    if (!folder.startsWith('node_modules/') || locked.dev || locked.link) continue
    const { version } = read(join(root, folder, 'package.json')) as Package
    if (version === locked.version) continue
    throw new Error(`${folder} is ${version}, the lock file has ${locked.version}. Run "npm ci".`)
  }
}
