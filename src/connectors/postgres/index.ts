export { openPostgres } from './store.ts'
