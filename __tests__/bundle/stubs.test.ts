import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { act, annotationsOf } from '../support/act.ts'
import { ROOT, startGitHub } from '../support/scenario.ts'

interface Locked {
  readonly version?: string
  readonly link?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>
}

/** Packages that `overrides` replaces by a stub of `build/stubs`. */
const STUBS = ['@actions/http-client', 'undici', '@octokit/plugin-rest-endpoint-methods']

/** The packages that depend on a package, with their versions. */
const dependentsOf = (name: string): string[] =>
  Object.entries(packages)
    .filter(([, locked]) => locked.dependencies?.[name] !== undefined)
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version}`)
    .sort()

test.each(STUBS)('%s is a stub wherever it is installed', name => {
  const places = Object.keys(packages).filter(path => path.endsWith(`node_modules/${name}`))
  expect(places).toEqual([`node_modules/${name}`])
  expect(packages[`node_modules/${name}`]?.link).toBe(true)
})

// A new version may use more of a package than its stub offers: read its source before you change this list.
test('only known versions of packages depend on a stub', () => {
  expect(Object.fromEntries(STUBS.map(name => [name, dependentsOf(name)]))).toEqual({
    '@actions/http-client': ['@actions/core 3.0.1', '@actions/github 9.1.1'],
    undici: ['@actions/github 9.1.1'],
    '@octokit/plugin-rest-endpoint-methods': ['@actions/github 9.1.1']
  })
})

/** The exports of a stub. It is plain JavaScript without types. */
const load = async (name: string): Promise<Record<string, (...given: unknown[]) => unknown>> =>
  import(pathToFileURL(join(ROOT, 'node_modules', name, 'index.js')).href)

test('using a stub is an error that names it', async () => {
  const { fetch } = await load('undici')
  expect(() => fetch?.()).toThrow('undici is not part of this action')
  const { HttpClient } = Object(await load('@actions/http-client'))
  expect(() => new HttpClient().request()).toThrow('@actions/http-client is not part of this action')
  const { restEndpointMethods } = await load('@octokit/plugin-rest-endpoint-methods')
  const { rest } = Object(restEndpointMethods?.())
  expect(() => rest.repos).toThrow('octokit.rest is not part of this action')
})

// `overrides` replaces `content-type`, with which Octokit reads the body of an error, by a version for Node 20.
test.each([
  ['application/json', 'The reason'],
  ['Application/JSON;charset=UTF-8', 'The reason'],
  ['application/json ; charset="utf-8"; x=";"', 'The reason'],
  ['application/json;', 'The reason'],
  ['text/html; charset=utf-8', 'a response that is not in the format of its API'],
  ['/', 'a response that is not in the format of its API'],
  [undefined, 'a response that is not in the format of its API']
])('the message of an error with the content type %s is read: %s', async (type, message) => {
  const github = await startGitHub()
  github.intercept(({ operation }) =>
    operation === 'POST /repos/{owner}/{repo}/deployments'
      ? {
          deliver: response => {
            response.writeHead(404, type === undefined ? {} : { 'content-type': type })
            response.end('{"message":"The reason"}')
          }
        }
      : undefined
  )
  const run = await act(github, { environment: 'qa' })
  expect(run.exitCode).toBe(1)
  expect(annotationsOf(run, 'error')[0]).toContain(message)
})
