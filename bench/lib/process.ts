import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

type Variables = Readonly<Record<string, string>>

export interface Measured {
  readonly wallMs: number
  /** Both are 0 unless usage was requested. */
  readonly cpuMs: number
  readonly peakMb: number
  readonly stdout: string
}

const USAGE = fileURLToPath(new URL('usage.cjs', import.meta.url))

/** Runs a Node process and measures it. Throws if it fails. */
export async function measure(
  file: string,
  env: Variables,
  { withUsage }: { readonly withUsage: boolean }
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const usageFile = join(folder, 'usage.json')
  const parameters = withUsage ? ['--require', USAGE, file] : [file]
  const variables = { PATH: process.env['PATH'] ?? '', ...env, BENCH_USAGE_FILE: usageFile }
  try {
    const begin = performance.now()
    const stdio = ['ignore', 'pipe', 'pipe'] as const
    const child = spawn(process.execPath, parameters, {
      env: variables,
      cwd: folder,
      stdio: [...stdio]
    })
    let stdout = ''
    let stderr = ''
    child.stdout?.on('data', text => {
      stdout += text
    })
    child.stderr?.on('data', text => {
      stderr += text
    })
    const [code] = await once(child, 'exit')
    const wallMs = performance.now() - begin
    if (code !== 0) throw new Error(`${file} ended with ${code}\n${stdout}\n${stderr}`)
    const usage = existsSync(usageFile) ? JSON.parse(readFileSync(usageFile, 'utf8')) : {}
    return { wallMs, cpuMs: usage.cpuMs ?? 0, peakMb: usage.peakMb ?? 0, stdout }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A new empty file, like the runner's for state or outputs. */
export function emptyFile(folder: string, name: string): string {
  const file = join(folder, name)
  writeFileSync(file, '')
  return file
}
