/** A string field of a validated body or input. */
export const stringField = (fields: Record<string, unknown>, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === 'string' ? value : undefined
}

/** A boolean field of a validated body or input. */
export const booleanField = (fields: Record<string, unknown>, name: string): boolean | undefined => {
  const value = fields[name]
  return typeof value === 'boolean' ? value : undefined
}

/** A list of strings in a validated body or input. */
export const stringsField = (fields: Record<string, unknown>, name: string): string[] | undefined => {
  const value = fields[name]
  return Array.isArray(value) ? value.map(String) : undefined
}
