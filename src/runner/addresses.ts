import { ActionError, anchorOf, SECTIONS, type Section } from '../lib/errors.ts'
import { parseUrl, sanitizeLine } from '../lib/text.ts'

export type Env = Readonly<Record<string, string | undefined>>

/** GHES has GraphQL at `/api/graphql`, github.com and GHE.com at `/graphql` below the API's root. */
export const graphqlBeside = (apiUrl: string): string => `${apiUrl.replace(/\/api\/v3$/, '/api')}/graphql`

/** A URL from the runner without trailing slashes: https, or http on a loopback address. */
export function serviceUrl(env: Env, name: string, fallback: string): string {
  const given = env[name]?.trim() || fallback
  const url = parseUrl(given)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url?.hostname ?? '')
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash
  if (!isSafe || !isPlain) {
    throw new ActionError(
      `${name}: expected an https URL without user, query or fragment, got "${sanitizeLine(url?.origin ?? given, 64)}". The runner sets it; nothing was sent.`,
      { section: 'inputs' }
    )
  }
  return given.replace(/\/+$/, '')
}

/** The proxy for requests to GitHub. */
export interface HttpProxy {
  /** The variable that names it. */
  readonly variable: string
  readonly origin: string
  /** Host and port. */
  readonly host: string
  /** The value of `proxy-authorization`; empty without a user. */
  readonly authorization: string
}

/**
 * The proxy that `https_proxy` or `HTTPS_PROXY` names for an address, unless `no_proxy` lists the host: by the rules of
 * `@actions/http-client`, which reads them from the process and ignores a proxy that it cannot parse. Throws an
 * ActionError that does not show the value, since it can hold a password.
 */
export function proxyFor(env: Env, address: string): HttpProxy | undefined {
  const target = new URL(address)
  const variable = ['https_proxy', 'HTTPS_PROXY'].find(name => env[name])
  // Plain HTTP is for this machine only.
  if (variable === undefined || target.protocol !== 'https:' || isBypassed(env, target)) return undefined
  const given = env[variable] ?? ''
  const url = parseUrl(given.includes('://') ? given : `http://${given}`)
  const user = decode(`${url?.username}:${url?.password}`)
  if (!url || !['http:', 'https:'].includes(url.protocol) || user === undefined) {
    throw new ActionError(
      `${variable}: expected the URL of a proxy, such as http://proxy.example:3128. Correct this variable of the runner or of the workflow. Nothing was sent.`,
      { section: 'connection' }
    )
  }
  const authorization = user === ':' ? '' : `Basic ${Buffer.from(user).toString('base64')}`
  return { variable, origin: url.origin, host: url.host, authorization }
}

function isBypassed(env: Env, { hostname, port }: URL): boolean {
  if (hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]') return true
  const listed = (env['no_proxy'] || env['NO_PROXY'] || '').split(',').map(item => item.trim().toLowerCase())
  return [hostname, `${hostname}:${port || 443}`].some(host =>
    listed.some(
      item => item === '*' || (item !== '' && (item === host || host.endsWith(`.${item.replace(/^\./, '')}`)))
    )
  )
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const TROUBLESHOOTING = 'docs/troubleshooting.md'

/** The line at the end of a message: the section of the troubleshooting page that is about it. */
export function seeSection(env: Env, section: Section): string {
  const page = documentationLink(env, TROUBLESHOOTING)
  return page === TROUBLESHOOTING ? `See "${SECTIONS[section]}" in ${page}.` : `See ${page}#${anchorOf(section)}`
}

/**
 * The address of a page of this action's documentation at the version that runs, or the page's path if the runner
 * does not name the action's repository, such as for a local action.
 */
export function documentationLink(env: Env, page: string): string {
  const repository = env['GITHUB_ACTION_REPOSITORY'] ?? ''
  const ref = env['GITHUB_ACTION_REF'] ?? ''
  const server = parseUrl(env['GITHUB_SERVER_URL'] || 'https://github.com')
  const isSafe = /^https?:\/\/[\w.:[\]-]+$/.test(server?.origin ?? '') && isPath(repository) && isPath(ref)
  return isSafe && repository.split('/').length === 2 ? `${server?.origin}/${repository}/blob/${ref}/${page}` : page
}

/** Whether a text is a plain path, without parts that lead elsewhere. */
const isPath = (text: string): boolean =>
  /^[\w.-]+(\/[\w.-]+)*$/.test(text) && text.split('/').every(part => part !== '.' && part !== '..')
