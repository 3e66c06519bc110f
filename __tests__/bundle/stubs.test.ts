import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { ROOT } from '../support/story.ts'

interface Locked {
  readonly version?: string
  readonly link?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>
}

const STAND_INS = [
  'undici',
  '@octokit/plugin-rest-endpoint-methods',
  '@octokit/plugin-paginate-rest'
]

/** Who names a package as a dependency, with its version. */
const usersOf = (name: string): string[] =>
  Object.entries(packages)
    .filter(([, locked]) => locked.dependencies?.[name] !== undefined)
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version}`)
    .sort()

test.each(STAND_INS)('%s is a stand-in everywhere', name => {
  const places = Object.keys(packages).filter(path => path.endsWith(`node_modules/${name}`))
  expect(places).toEqual([`node_modules/${name}`])
  expect(packages[`node_modules/${name}`]?.link).toBe(true)
})

test('only those versions meet a stand-in of which we know what they use of it', () => {
  expect(Object.fromEntries(STAND_INS.map(name => [name, usersOf(name)]))).toEqual({
    undici: ['@actions/github 9.1.1', '@actions/http-client 3.0.2', '@actions/http-client 4.0.1'],
    '@octokit/plugin-rest-endpoint-methods': ['@actions/github 9.1.1'],
    '@octokit/plugin-paginate-rest': ['@actions/github 9.1.1']
  })
})

/** What a stand-in exports. Plain JavaScript without types, as the packages that meet it see it. */
const load = async (name: string): Promise<Record<string, (...given: unknown[]) => unknown>> =>
  import(pathToFileURL(join(ROOT, 'node_modules', name, 'index.js')).href)

test('a stand-in that is used fails loudly', async () => {
  const { fetch, ProxyAgent } = await load('undici')
  expect(() => fetch?.()).toThrow('undici is not part of this action')
  const agent = ProxyAgent?.({ uri: 'http://127.0.0.1:1' })
  expect(() => Object(agent).dispatch).toThrow('undici is not part of this action')
  const { restEndpointMethods } = await load('@octokit/plugin-rest-endpoint-methods')
  const { rest } = Object(restEndpointMethods?.())
  expect(() => rest.repos).toThrow('octokit.rest is not part of this action')
  const { paginateRest } = await load('@octokit/plugin-paginate-rest')
  expect(() => Object(paginateRest?.()).paginate()).toThrow('octokit.paginate is not part')
})
