export { markerDefinition } from './marker.ts'
export { postgres } from './store.ts'
