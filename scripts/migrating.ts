/** Writes docs/migrating.md from docs/migrating: tables, and workflows before and after. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type Guide,
  type InputRow,
  type OtherAction,
  type Pair,
  type Run,
  readGuides,
  textOf
} from './migrating-guides.ts'

const code = (text: string): string => `\`${text}\``
const cell = (text: string): string => text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map(row => row.map(cell))].map(cells => `| ${cells.join(' | ')} |`).join('\n')
/** The anchor that GitHub gives a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-')

const written = (inputs: Readonly<Record<string, string | boolean>>): string =>
  Object.entries(inputs)
    .map(([name, value]) => code(`${name}: ${value}`))
    .join(', ') || 'leave it out'

/** What to write instead of an input: our name, and the values that become something else. */
function instead({ here, partOf, where, values = {}, absent }: InputRow): string {
  const own = [...(here ? [code(here)] : []), ...(partOf ? [`part of ${code(partOf)}`] : [])]
  const only = where === undefined ? '' : ` beside ${written(where)}`
  const exact = Object.entries(values).map(([value, ours]) => `${code(value)}${only} → ${written(ours)}`)
  const missing = absent === undefined ? [] : [`${missingIn(absent.where)} → ${written(absent.gives)}`]
  return [...own, ...exact, ...missing].join('<br>') || 'none'
}

const missingIn = (where: Readonly<Record<string, string>>): string =>
  Object.keys(where).length > 0 ? `not given, with ${written(where)}` : 'not given'

function inputsTable({ inputs }: OtherAction): string {
  const rows = Object.entries(inputs).map(([name, row]) => {
    const former = row.was === undefined ? '' : ` (before: ${code(row.was)})`
    const since = row.since === undefined ? '' : ` (${row.since})`
    return [`${code(name)}${former}${since}`, instead(row), row.remark ?? '']
  })
  return table(['There', 'Here', ''], rows)
}

function outputsTable({ outputs }: OtherAction): string {
  const rows = Object.entries(outputs).map(([name, { here, remark }]) => [
    code(name),
    here === undefined ? (remark ?? '') : code(here)
  ])
  return table(['Output there', 'Here'], rows)
}

function tablesOf(guide: Guide): string[] {
  return guide.actions.flatMap(action => {
    const gives = action.gives === undefined ? '' : ` Every step gets ${written(action.gives)}.`
    const name = action.isJobKey ? `What stands below ${code(`${action.uses}:`)}` : code(action.uses)
    const intro = `${name}, input by input.${gives}`
    const hasOutputs = Object.keys(action.outputs).length > 0
    return [intro, inputsTable(action), ...(hasOutputs ? [outputsTable(action)] : [])]
  })
}

/** Why the file after has less, or more, than the tables say. */
function reasons({ steps = [], jobs = {} }: Pair): string[] {
  const of = (without: Readonly<Record<string, string>> = {}) =>
    Object.entries(without).map(([name, reason]) => `${code(name)}: ${reason}`)
  const ofSteps = steps.flatMap(({ step, into, because, with: added, without }) => {
    if (into !== undefined) return [`"${step}" is dropped: ${because}.`]
    const more = added === undefined ? [] : [`${written(added)}: ${because}`]
    return [`"${step}": ${[...more, ...of(without)].join('; ')}.`]
  })
  const ofJobs = Object.entries(jobs).map(([id, { because, without }]) => {
    const all = [...(because === undefined ? [] : [because]), ...of(without)]
    return `Job ${code(id)}: ${all.join('; ')}.`
  })
  return [...ofSteps, ...ofJobs].map(line => `- ${line}`)
}

function outcome(runs: readonly Run[]): string {
  const rows = runs.flatMap(({ when, leaves }) =>
    leaves.map(({ environment, state, url, there }, index) => [
      index === 0 ? when : '',
      code(environment),
      code(state),
      url === undefined ? '' : code(url),
      there ?? 'the same'
    ])
  )
  return table(['After', 'Environment', 'State', 'Address', 'The old workflow left'], rows)
}

function pairOf(guide: Guide, pair: Pair): string[] {
  const block = (file: string) => `\`\`\`yaml\n${textOf(guide, file)}\`\`\``
  return [
    `### ${pair.title}`,
    'Before:',
    block(pair.before),
    'After:',
    block(pair.after),
    reasons(pair).join('\n'),
    'Every deployment that is there after each run, oldest first:',
    outcome(pair.runs)
  ]
}

function behaviourOf({ behaviour, issues: tracker }: Guide): string {
  const rows = behaviour.map(({ there, here, issues = [] }) => {
    const links = issues.map(number => `[#${number}](${tracker}/${number})`).join(' ')
    return [`${there} ${links}`, here]
  })
  return table(['There', 'Here'], rows)
}

const guideOf = (guide: Guide): string[] => [
  `## ${guide.title}`,
  `${guide.summary} (Written for ${guide.versions}.)`,
  ...guide.pairs.flatMap(pair => pairOf(guide, pair)),
  `### ${guide.title}: inputs and outputs`,
  ...tablesOf(guide),
  `### ${guide.title}: what is different`,
  behaviourOf(guide)
]

const INTRO = `# Moving to deploy-status-action

<!-- Written by \`npm run migrating\` from docs/migrating. -->

Copy the "After" block of your action, and put your own deploy into it. If a step fails and
still has inputs of another action, the error names the input that replaces each. What is said here of other actions was read in their source
and in their issues; a newer version may do otherwise.

## Find your action`

/** The page, made of all guides. */
export function page(guides: readonly Guide[]): string {
  const list = guides.map(({ title, pairs }) => {
    const links = pairs.map(pair => `[${pair.title.toLowerCase()}](#${anchor(pair.title)})`)
    return `- [${title}](#${anchor(title)}): ${links.join(', ')}`
  })
  return `${[INTRO, list.join('\n'), ...guides.flatMap(guideOf)].join('\n\n')}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../docs/migrating.md', import.meta.url), page(readGuides()))
}
