export function StoreDetail() {
  return null
}
