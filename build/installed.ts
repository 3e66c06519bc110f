import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Package {
  readonly version?: string
  readonly dev?: boolean
  readonly link?: boolean
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** Throws if a production dependency is not installed as locked: `dist/` would contain another version, or no stub. */
export function checkInstalled(root: string): void {
  const { packages } = read(join(root, 'package-lock.json')) as {
    packages: Record<string, Package>
  }
  for (const [name, locked] of Object.entries(packages)) {
    const folder = join(root, name)
    if (!name.startsWith('node_modules/') || locked.dev) continue
    const { version } = read(join(folder, 'package.json')) as Package
    const isAsLocked = locked.link ? lstatSync(folder).isSymbolicLink() : version === locked.version
    if (!isAsLocked) throw new Error(`${name} ${version} is not what the lock file has. Run "npm ci".`)
  }
}
