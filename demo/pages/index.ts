export { deploymentsPage, type PageOptions } from './deployments-page.ts'
export { createRunLogs, type RunLogs } from './run-logs.ts'
export { servePages } from './serve.ts'
