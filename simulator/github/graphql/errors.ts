import type { GraphQLError } from 'graphql'
import type { Fields } from './context.ts'

/** An error in GitHub's format, with `type` at the top level instead of in `extensions`. */
export function writeError(error: GraphQLError): Fields {
  const { type, ...extensions } = error.extensions
  return {
    ...(type !== undefined && { type }),
    ...(error.path && { path: error.path }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
    ...validationCode(error),
    ...(error.locations && { locations: error.locations }),
    message: messageOf(error)
  }
}

const UNKNOWN_FIELD = /^Cannot query field "(\w+)" on type "(\w+)"/

/** GitHub's messages for syntax errors and unknown fields differ from those of graphql-js. */
const messageOf = ({ message }: GraphQLError): string =>
  message
    .replace(/^Syntax Error: /, 'Parse error: ')
    .replace(new RegExp(`${UNKNOWN_FIELD.source}.*`, 's'), "Field '$1' doesn't exist on type '$2'")

function validationCode({ message }: GraphQLError): Fields {
  const [, fieldName, typeName] = UNKNOWN_FIELD.exec(message) ?? []
  return fieldName === undefined ? {} : { extensions: { code: 'undefinedField', typeName, fieldName } }
}
