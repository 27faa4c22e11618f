export { openPostgres } from './store.ts'
export { guardWrites } from './undeclared.ts'
