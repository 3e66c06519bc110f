import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { type Html, html, verbatim } from './html.ts'

/** Markdown as HTML. HTML in the Markdown becomes text, and links that are not http(s) lose their URL. */
export const rendered = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })

/** The job summaries of a run, as on the page of the run. */
export const summarySection = (summaries: readonly string[], from?: Html): Html =>
  summaries.length === 0
    ? html``
    : html`<section id="summary" class="box" aria-labelledby="summary-title"><h2 id="summary-title">Job summary${from}</h2>
<div class="markdown" role="region" aria-labelledby="summary-title" tabindex="0">${verbatim(rendered(summaries.join('\n')))}</div></section>`
