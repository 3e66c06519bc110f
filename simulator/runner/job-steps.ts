import type { BackgroundSteps } from './background.ts'
import { runStage } from './step.ts'
import { type PlannedStep, planSteps, type StepFile } from './step-file.ts'
import type { StepPlace } from './step-types.ts'
import { bodyOf, runStep, stepOf } from './steps.ts'
import type { Conclusion } from './types.ts'

type ControlStep = Exclude<PlannedStep, { kind: 'step' | 'background' }>

/** Runs the steps of a job, up to its post steps. */
export async function runJobSteps(
  place: StepPlace,
  background: BackgroundSteps,
  files: readonly StepFile[]
): Promise<void> {
  for (const planned of planSteps(files)) {
    if (planned.kind === 'step') {
      await runStep(place, planned.file)
    } else if (planned.kind === 'background') {
      const step = stepOf(place, planned.file)
      background.start(step, bodyOf(step))
    } else {
      await runControl(place, background, planned)
    }
  }
  await background.finish()
}

/** Runs a step that waits for background steps or cancels them. It runs whatever has happened. */
async function runControl(place: StepPlace, background: BackgroundSteps, planned: ControlStep): Promise<void> {
  const { file, name } = planned
  const step = { ...stepOf(place, { ...file, name }), condition: 'always()' }
  await runStage(step, async () => ({ outcome: await control(background, planned) }))
}

async function control(background: BackgroundSteps, planned: ControlStep): Promise<Conclusion> {
  switch (planned.kind) {
    case 'wait':
      return background.wait(planned.targets)
    case 'wait-all':
      return background.waitForAll()
    case 'cancel':
      await background.cancel(planned.targets)
      return 'success'
  }
}
