import { data, Evaluator, type Expr, Lexer, Parser } from '@actions/expressions'
import { hashFiles } from './hash-files.ts'
import { numberText, toData, toPlain } from './values.ts'

type Value = data.ExpressionData

/** The contexts and functions that an expression can use. Any other context is an error, as on GitHub. */
export interface Scope {
  contexts: Record<string, unknown>
  /** The status functions, if they are allowed. */
  status?: { success: () => boolean; failure: () => boolean; cancelled: () => boolean }
  workspace: string
}

/** An expression or a template that GitHub rejects. */
export class TemplateError extends Error {
  override name = 'TemplateError'
}

const STATUS_FUNCTION = /^(always|cancelled|failure|success)$/i

// A `}}` in a quoted string doesn't end the expression.
const EXPRESSION = /\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}/g
const ONE_EXPRESSION = /^\s*\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}\s*$/

function functionsOf(scope: Scope) {
  const { status, workspace } = scope
  const truth = (name: string, call: () => boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: (): Value => new data.BooleanData(call())
  })
  return [
    {
      name: 'hashFiles',
      minArgs: 1,
      maxArgs: 255,
      call: (...patterns: Value[]): Value =>
        new data.StringData(
          hashFiles(
            workspace,
            patterns.map(pattern => pattern.coerceString())
          )
        )
    },
    ...(status
      ? [
          truth('always', () => true),
          truth('success', status.success),
          truth('failure', status.failure),
          truth('cancelled', status.cancelled)
        ]
      : [])
  ]
}

/**
 * Evaluates one expression, without its `${{ }}`, with GitHub's own engine.
 * @throws {TemplateError}
 */
export function evaluate(expression: string, scope: Scope): Value {
  const functions = functionsOf(scope)
  try {
    const { tokens } = new Lexer(expression).lex()
    const parsed: Expr | undefined = new Parser(tokens, Object.keys(scope.contexts), functions).parse()
    if (parsed === undefined) throw new Error('An expression was expected')
    const named = new Set(tokens.map(token => token.lexeme.toLowerCase()))
    const contexts = Object.entries(scope.contexts)
      .filter(([name]) => named.has(name.toLowerCase()))
      .map(([key, value]) => ({ key, value: toData(value) }))
    const calls = new Map(functions.map(each => [each.name.toLowerCase(), each]))
    return new Evaluator(parsed, new data.Dictionary(...contexts), calls).evaluate()
  } catch (error) {
    throw new TemplateError(`The template is not valid. ${expression.trim()}: ${messageOf(error)}`, {
      cause: error
    })
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const textOf = (value: Value): string =>
  value.kind === data.Kind.Number ? numberText(value.number()) : value.coerceString()

function scalarText(value: Value): string {
  if (value.kind === data.Kind.Dictionary) throw new TemplateError('A mapping was not expected')
  if (value.kind === data.Kind.Array) throw new TemplateError('A sequence was not expected')
  return textOf(value)
}

/**
 * Evaluates the expressions in a value that becomes text: inputs, `env`, `run`.
 * @throws {TemplateError}
 */
export function interpolateText(value: unknown, scope: Scope): string {
  if (typeof value !== 'string') return scalarText(toData(value))
  const whole = ONE_EXPRESSION.exec(value)
  if (whole?.[1] !== undefined && value.startsWith('${{') && value.endsWith('}}')) {
    return scalarText(evaluate(whole[1], scope))
  }
  return value.replaceAll(EXPRESSION, (_, expression: string) => textOf(evaluate(expression, scope)))
}

/**
 * Evaluates the expressions in a value. A text that is a single expression gets the type of its result.
 * @throws {TemplateError}
 */
export function interpolate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map(item => interpolate(item, scope))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolate(item, scope)]))
  }
  if (typeof value !== 'string' || !value.includes('${{')) return value
  const expression = ONE_EXPRESSION.exec(value)?.[1]
  return expression === undefined ? interpolateText(value, scope) : toPlain(evaluate(expression, scope))
}

/**
 * Evaluates the expressions in each value of a map.
 * @throws {TemplateError}
 */
export const interpolateMap = (map: Record<string, unknown> | undefined, scope: Scope): Record<string, string> =>
  Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, interpolateText(value, scope)]))

/**
 * Evaluates `if:`. A condition without a status function also requires `success()`.
 * @throws {TemplateError}
 */
export function isTrue(condition: unknown, scope: Scope): boolean {
  const text = condition === undefined || condition === null ? '' : String(condition).trim()
  const inner = ONE_EXPRESSION.exec(text)?.[1] ?? text
  if (inner.includes('${{')) return isTrue('', scope) && interpolateText(inner, scope) !== ''
  if (inner.trim() === '') return evaluate('success()', scope).coerceString() === 'true'
  const { tokens } = new Lexer(inner).lex()
  const hasStatus = tokens.some(
    (token, index) => STATUS_FUNCTION.test(token.lexeme) && tokens[index + 1]?.lexeme === '(' // a call and not a property
  )
  const whole = hasStatus ? inner : `success() && (${inner})`
  return evaluate(`!!(${whole})`, scope).coerceString() === 'true'
}
