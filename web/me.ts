import { useQuery } from '@tanstack/react-query'
import type { Me } from '../src/server/admin/routes.ts'
import { read } from './api.ts'

/** Who is signed in, and for which vendor. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => read<Me>('/me', {}, signal), staleTime: 60_000 })
}
