/**
 * JSON with integers of any size, as GitHub's servers handle it. An integer that a JavaScript number cannot hold becomes
 * text with a mark in front.
 */
const MARK = '\ue000'
const STRING_OR_LONG = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g')

export const parseExact = (text: string): unknown =>
  JSON.parse(
    text.replace(STRING_OR_LONG, token =>
      token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${MARK}${token}"`
    )
  )

export const stringifyExact = (value: unknown): string => JSON.stringify(value).replace(MARKED, '$1')
