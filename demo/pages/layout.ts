import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Html, html, textOf, verbatim } from './html.ts'
import type { PageUrls } from './links.ts'

const fileText = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const style = ['page.css', 'colors.css'].map(fileText).join('\n')
const script = fileText('live.js')
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The content security policy allows only the style and the script below, and requests to this server. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}

/** A complete page without references to other files, so that screenshots need no server. */
export function documentOf(urls: PageUrls | undefined, { title, body }: { title: string; body: Html }): string {
  const where = urls ? html`<a href="${urls.deployments}">${urls.repository}</a>` : html`Simulated GitHub`
  return textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${verbatim(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>${where}<span class="quiet">a simulated GitHub</span></header>
<p id="ended" role="status"></p>
<main id="main" tabindex="-1">${body}</main>
<script>${verbatim(script)}</script>
</body>
</html>
`)
}
