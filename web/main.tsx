import './style/base.css'
import './style/shell.css'
import './style/controls.css'
import './style/parts.css'
import './style/pages.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Refused } from './api.ts'
import { createAppRouter } from './router.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal is an answer: only a server that does not answer is asked again.
      retry: (failures, error) => failures < 2 && error instanceof Refused && error.problem.status === 503,
    },
  },
})

const page = document.getElementById('page')
if (page === null) throw new Error('index.html holds no place for the page')
createRoot(page).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={createAppRouter()} />
    </QueryClientProvider>
  </StrictMode>,
)
