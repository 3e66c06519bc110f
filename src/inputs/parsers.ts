import { InputError } from '../lib/errors.ts'
import { hiddenCharacter, parseUrl, sanitizeLine } from '../lib/text.ts'

/**
 * Removes spaces, tabs and line breaks at both ends. `trim()` also removes characters that a branch name can
 * contain, such as a no-break space, and would turn the branch name into the name of another environment.
 */
export function trimBlanks(text: string): string {
  // A regular expression would take quadratic time for a text with many blanks in the middle.
  const isBlank = (position: number) => ' \t\r\n'.includes(text.charAt(position))
  let [start, end] = [0, text.length]
  while (start < end && isBlank(start)) start++
  while (start < end && isBlank(end - 1)) end--
  return text.slice(start, end)
}

/**
 * Reads one input without the blanks at both ends. Empty if it is not set: an expression without a value looks the
 * same.
 */
export type ReadInput = (name: string) => string

const MAX_ENVIRONMENT_CHARS = 255
const MAX_URL_CHARS = 2048
const MAX_QUOTED_CHARS = 64

/** The error for an invalid input: its name, what is allowed, and its value. */
export const badInput = (name: string, expected: string, value: string): InputError =>
  new InputError(`${name}: expected ${expected}, got "${quoted(value)}"`)

/** The error for a value that is not one of the choices. */
export const notAllowed = (name: string, allowed: readonly string[], value: string): InputError =>
  badInput(name, `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`, value)

/** A value for an error message: one line, without a password in a URL. */
const quoted = (value: string): string => sanitizeLine(value.replace(/[^/\s@:]*:[^/\s@]*@/g, '***@'), MAX_QUOTED_CHARS)

/** One of the allowed values, in any case; `undefined` if the input is not set. */
export function choice<T extends string>(read: ReadInput, name: string, allowed: readonly T[]): T | undefined {
  const value = read(name)
  if (value === '') return undefined
  const found = allowed.find(choice => choice === value.toLowerCase())
  if (found === undefined) throw notAllowed(name, allowed, value)
  return found
}

/** A boolean of YAML's core schema (https://yaml.org/spec/1.2.2/#103-core-schema), as in `@actions/core`. */
export function boolean(read: ReadInput, name: string): boolean | undefined {
  const value = read(name)
  if (value === '') return undefined
  if (['true', 'True', 'TRUE'].includes(value)) return true
  if (['false', 'False', 'FALSE'].includes(value)) return false
  throw notAllowed(name, ['true', 'false'], value)
}

/** An integer of at least `least`, in decimal digits. */
export function wholeNumber(read: ReadInput, name: string, least: number): number | undefined {
  const value = read(name)
  if (value === '') return undefined
  const number = /^(0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number) || number < least) {
    throw badInput(name, least > 0 ? 'a positive integer' : '0 or a positive integer', value)
  }
  return number
}

/** Why a URL cannot be used as a link, or `undefined`. The text contains no password. */
function urlProblem(value: string): string | undefined {
  const url = parseUrl(value)
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  // `new URL` accepts a URL without slashes; GitHub does not.
  if (!isWeb || !/^https?:\/\//i.test(value)) {
    return `expected an http or https URL, got "${quoted(value)}"`
  }
  if (url.username || url.password) return 'expected a URL without a user name or password'
  if (hiddenCharacter(value) || /\s/.test(value)) return 'expected a URL without spaces'
  if (value.length > MAX_URL_CHARS) {
    return `expected a URL of at most ${MAX_URL_CHARS} characters, got ${value.length}`
  }
  return undefined
}

/**
 * The URL in the form that is sent: with its scheme in lower case, as GitHub requires. A URL that is not ASCII is
 * percent-encoded and has a Punycode host.
 */
const normalizeUrl = (url: string): string =>
  /^[\x21-\x7e]*$/.test(url) ? url.replace(/^https?:/i, scheme => scheme.toLowerCase()) : new URL(url).href

export function url(read: ReadInput, name: string): string {
  const value = read(name)
  const problem = value === '' ? undefined : urlProblem(value)
  if (problem) throw new InputError(`${name}: ${problem}`)
  return value === '' ? '' : normalizeUrl(value)
}

/** An `environment-url` that became known after main. One that is invalid is a warning, and is left out. */
export function usableUrl(value: string, warn: (text: string) => void): string {
  const problem = value === '' ? undefined : urlProblem(value)
  if (problem) warn(`environment-url: ${problem}. It is left out.`)
  return value === '' || problem ? '' : normalizeUrl(value)
}

/** The name of one environment in Unicode's form NFC. Throws an InputError for an invalid name. */
export function environmentName(name: string, value: string): string {
  const normal = value.normalize('NFC')
  const length = [...normal].length
  if (length > MAX_ENVIRONMENT_CHARS) {
    throw badInput(name, `at most ${MAX_ENVIRONMENT_CHARS} characters (it has ${length})`, normal)
  }
  const hidden = hiddenCharacter(normal)
  if (hidden) {
    const where = `${hidden.name} at position ${hidden.position}`
    throw badInput(name, `a name without control or invisible characters (${where})`, normal)
  }
  if (normal.split('/').some(part => part === '.' || part === '..')) {
    throw badInput(name, 'a name without "." or ".." between slashes', normal)
  }
  return normal
}

/**
 * The items of a list that is separated by line breaks or commas. A comma in parentheses is part of an item: the check
 * of a matrix job is called `test (ubuntu, 20)`.
 */
export const list = (read: ReadInput, name: string): readonly string[] =>
  (read(name).match(/(?:\([^()\n]*\)|[^,\n])+/g) ?? []).map(item => item.trim()).filter(item => item !== '')

/**
 * Environment names and patterns, separated by line breaks or by a comma followed by a space. A bare comma is part
 * of a name: a value can be a branch name, and its author must not reach another environment. A branch name cannot
 * contain a blank, a line break, `*` or `?` (https://git-scm.com/docs/git-check-ref-format).
 *
 * Throws an InputError for an invalid name.
 */
export const environmentNames = (read: ReadInput, name: string): readonly string[] =>
  read(name)
    .split(/,[ \t]+|\r?\n/)
    .map(trimBlanks)
    .filter(item => item !== '')
    .map(item => environmentName(name, item))

/** Text of one line without invisible characters, such as a task or a ref. */
export function line(read: ReadInput, name: string, limit = 255): string {
  const value = read(name)
  const hidden = hiddenCharacter(value)
  if (hidden) {
    throw badInput(name, `text without control or invisible characters (${hidden.name})`, value)
  }
  if (value.length > limit) throw badInput(name, `at most ${limit} characters`, value)
  return value
}
