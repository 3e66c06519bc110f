import { expect, test } from '@jest/globals'
import { appStories } from '../support/examples/apps.ts'
import { eventStories } from '../support/examples/events.ts'
import { pushStories } from '../support/examples/push.ts'
import { allExamples } from '../support/examples/repository.ts'
import { resultStories } from '../support/examples/results.ts'
import { tell } from '../support/examples/run.ts'
import { startGitHub } from '../support/story.ts'

const stories = [...pushStories, ...resultStories, ...eventStories, ...appStories]

test('every example has a story', () => {
  const told = new Set(stories.flatMap(story => story.files))
  expect([...told].sort()).toEqual(allExamples())
})

for (const story of stories) {
  test(`${story.files.join(', ')}: ${story.title}`, async () => {
    const ran = await tell(story, await startGitHub(story.github))
    expect(story.files.filter(file => !ran.has(file))).toEqual([])
  })
}
