import '@fontsource-variable/golos-text'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '~/kit/tokens.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { isRefused } from '~/api/problem'
import { router } from '~/app/routes'
import { theme, variables } from '~/kit/theme'
import { useLanguage } from '~/kit/words'

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

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}><App /></QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
