export { ENDLESS_LISTS, FAULTS, fault } from './catalogue.ts'
export { type FaultTime, type Injection, type InjectOptions, inject } from './inject.ts'
export type { Delivery, Fault, FaultFacts, FaultKind } from './types.ts'
