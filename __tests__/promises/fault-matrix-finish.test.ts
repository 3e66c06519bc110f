import { tryFlows } from '../support/fault-matrix-tests.ts'

tryFlows('finish')
