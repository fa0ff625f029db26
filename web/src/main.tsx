import '~/kit/fonts/fonts.css'
import '@mantine/core/styles.layer.css'
import '~/kit/tokens.css'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, StrictMode, Suspense, useEffect, useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { isRefused } from '~/api/problem'
import { router } from '~/app/routes'
import { theme, variables } from '~/kit/theme'
import { useToasts } from '~/kit/toasts'
import { useLanguage } from '~/kit/words'

const ToastCorner = lazy(async () => ({ default: (await import('~/kit/ToastCorner')).ToastCorner }))

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: (failures, why) => !isRefused(why) && failures < 2, staleTime: 5_000, refetchOnWindowFocus: true },
    // A change that can't be sent fails at once and stays in the form: a person decides when to send it again.
    mutations: { networkMode: 'always' },
  },
})

function App() {
  const language = useLanguage()
  useEffect(() => void (document.documentElement.lang = language), [language])
  return <RouterProvider router={router} />
}

/** Comes with the first quiet line. */
function Toasts() {
  const wanted = useRef(false)
  const waits = useToasts(({ waiting }) => waiting.length > 0)
  wanted.current ||= waits
  return wanted.current && <Suspense><ToastCorner /></Suspense>
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Toasts />
      <QueryClientProvider client={queries}><App /></QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
