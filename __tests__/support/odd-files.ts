import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { getText, parseJson } from '../../src/lib/json.ts'

/** What another step of the job does to the folder of the records. */
interface OddFiles {
  readonly name: string
  readonly tamper: (tempFolder: string) => void
}

const recordsIn = (tempFolder: string): string[] =>
  readdirSync(join(tempFolder, 'deploy-status-action'), { recursive: true, withFileTypes: true })
    .filter(each => each.isFile() && each.name.endsWith('.json'))
    .map(({ parentPath, name }) => join(parentPath, name))

const each =
  (work: (file: string) => void) =>
  (tempFolder: string): void => {
    for (const file of recordsIn(tempFolder)) work(file)
  }

/** Changes fields of each record, and keeps its mark. */
const withFields = (change: (record: { id: number }) => object) =>
  each(file => {
    const sealed = Object(parseJson(readFileSync(file, 'utf8')))
    const record = Object(parseJson(getText(sealed, 'json')))
    writeFileSync(file, JSON.stringify({ ...sealed, json: JSON.stringify({ ...record, ...change(record) }) }))
  })

const inPlaceOf = (put: (file: string) => void) =>
  each(file => {
    rmSync(file)
    put(file)
  })

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

// The simulated GitHub counts its ids by ten.
const NEXT_ID = 10

export const ODD_FILES: readonly OddFiles[] = [
  { name: 'no folder', tamper: folder => rmSync(folder, { recursive: true }) },
  { name: 'an empty folder', tamper: each(file => rmSync(file)) },
  { name: 'half of a record', tamper: each(file => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200))) },
  { name: 'a record with the id of another deployment', tamper: withFields(({ id }) => ({ id: id - NEXT_ID })) },
  { name: 'a record that is finished', tamper: withFields(() => ({ finished: 'failure', finalStatusId: 1 })) },
  { name: 'a record with an exit code', tamper: withFields(() => ({ hasCommand: true, exitCode: 1 })) },
  { name: 'a record with other links', tamper: withFields(() => ({ environmentUrl: 'https://e.example' })) },
  {
    name: 'a record of another attempt',
    tamper: withFields(() => ({ runAttempt: 9, checkRunId: 1, phase: 'nothing' }))
  },
  { name: 'a record under another name', tamper: each(file => cpSync(file, join(dirname(file), `${uuid(1)}.json`))) },
  {
    name: 'a thousand files',
    tamper: each(file => {
      for (let count = 0; count < 1000; count++) cpSync(file, join(dirname(file), `${uuid(count)}.json`))
    })
  },
  { name: 'a FIFO in the place of a record', tamper: inPlaceOf(file => execFileSync('mkfifo', [file])) },
  { name: 'a folder in the place of a record', tamper: inPlaceOf(file => mkdirSync(file)) },
  { name: 'a link in the place of a record', tamper: inPlaceOf(file => symlinkSync('/dev/zero', file)) }
]
