import base from './jest.config.js'

const all =
  '{lifecycle,lifecycle-results,lifecycle-trouble,lifecycle-outputs,finish,finish-again,finish-left-open,finish-other-job,finish-several,post,post-lost-answers,deactivate,deactivate-many,deactivate-event,deactivate-delete,deactivate-trouble,supersede,supersede-newer,reap,run-command,run-command-end,results,payload,events,deployment-event,killed-start,cancel-main,token,promises,promises-edge,event-file,composite,summary}'
const project = (displayName, files) => ({
  ...base,
  maxWorkers: undefined,
  displayName,
  globals: { serverKind: displayName },
  testMatch: [`<rootDir>/__tests__/${files}.test.ts`]
})
export default {
  testTimeout: 60_000,
  maxWorkers: '100%',
  projects: ['ghes', 'ghes-without-graphql', 'ghe.com', 'ghes-behind-proxy'].map(k =>
    project(k, all)
  )
}
