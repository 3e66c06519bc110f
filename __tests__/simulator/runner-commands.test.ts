import { expect, test } from '@jest/globals'
import { parseCommands, parseFileCommand } from '../../simulator/runner/index.ts'

const commandsIn = (text: string): string[] =>
  parseCommands(text).map(({ name, properties, data }) => {
    const pairs = Object.entries(properties).map(([key, value]) => `${key}=${value}`)
    return `${name}(${pairs.join('&')}) ${JSON.stringify(data)}`
  })

test.each([
  ['::error::boom', ['error() "boom"']],
  ['  \t::error::boom', ['error() "boom"']],
  ['\u2003::error::boom', ['error() "boom"']],
  ['\u0085::error::boom', ['error() "boom"']],
  ['\ufeff::error::boom', []],
  ['x ::error::boom', []],
  ['::ERROR::boom', ['ERROR() "boom"']],
  ['::error boom', []],
  ['::unknown::boom', []],
  ['::error::a::b', ['error() "a::b"']],
  ['::error file=a.ts,line=3::boom', ['error(file=a.ts&line=3) "boom"']],
  ['::error title=a%2Cb%3A%25::x', ['error(title=a,b:%) "x"']],
  ['::error a=b=c,d,e=::x', ['error(a=b=c) "x"']],
  ['::error::a%0Ab%0Dc%25', ['error() "a\\nb\\rc%"']],
  ['::error::%250A', ['error() "%0A"']],
  ['::error::a%3Ab', ['error() "a%3Ab"']],
  ['##[error]boom', ['error() "boom"']],
  ['any text ##[warning a=1;b=2]x%5D%3B', ['warning(a=1&b=2) "x];"']],
  ['##[error', []],
  ['##[x]##[error]boom', []],
  // The new form is tried first, and its data is not parsed again.
  ['::debug::##[error]boom', ['debug() "##[error]boom"']],
  // If the new form names no command, the old form is tried.
  ['::x:: ##[error]boom', ['error() "boom"']],
  ['one\r::error::a\r\n::notice::b\n::warning::c', ['error() "a"', 'notice() "b"', 'warning() "c"']],
  ['::stop-commands::tok\n::error::a\n::tok::\n::error::b', ['stop-commands() "tok"', 'tok() ""', 'error() "b"']],
  ['::stop-commands::tok\n::TOK::\n::error::b', ['stop-commands() "tok"', 'TOK() ""', 'error() "b"']],
  ['::stop-commands::\n::error::b', ['stop-commands() ""', 'error() "b"']],
  ['::stop-commands::error\n::error::b', ['stop-commands() "error"', 'error() "b"']],
  ['::set-env name=A::1', ['set-env(name=A) "1"']]
])('commands in %j', (text, commands) => {
  expect(commandsIn(text)).toEqual(commands)
})

test.each([
  ['a=1\nb=2\n', { a: '1', b: '2' }],
  ['a=1', { a: '1' }],
  ['\n\na=1\n\n', { a: '1' }],
  ['a=1=2\n', { a: '1=2' }],
  ['a=1<<2\n', { a: '1<<2' }],
  ['a=1\r\n', { a: '1\r' }],
  ['a<<EOF\none\ntwo\nEOF\nb=2\n', { a: 'one\ntwo', b: '2' }],
  ['a<<EOF\nEOF\n', { a: '' }],
  ['a<<EOF\n\nEOF', { a: '' }],
  ['a<<EOF\nx=1\n EOF\nEOF\n', { a: 'x=1\n EOF' }],
  ['a<<E=F\nx\nE=F\n', { a: 'x' }],
  ['a=1\na=2\n', { a: '2' }]
])('pairs in %j', (text, pairs) => {
  expect(Object.fromEntries(parseFileCommand(text))).toEqual(pairs)
})

test.each([
  ['nonsense\n', "Invalid format 'nonsense'"],
  ['<<EOF\nx\nEOF\n', "Invalid format '<<EOF'. Name must not be empty"],
  ['a<<\nx\n\n', "Invalid format 'a<<'. Name must not be empty"],
  ['a<<EOF\nx\n', "Invalid value. Matching delimiter not found 'EOF'"],
  ['a<<EOF', "Invalid value. Matching delimiter not found 'EOF'"],
  ['a<<EOF\nx', 'Invalid value. EOF marker missing new line.']
])('an error in %j', (text, message) => {
  expect(() => [...parseFileCommand(text)]).toThrow(message)
})
