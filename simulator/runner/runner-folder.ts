import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// In memory where possible: every job creates and removes a folder, which takes up to 20 ms on a disk.
const PARENT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export const createRunnerFolder = (): string => mkdtempSync(join(PARENT, 'simulated-runner-'))

export const removeRunnerFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
