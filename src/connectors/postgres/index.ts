export { postgres } from './store.ts'
