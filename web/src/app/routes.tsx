import { Loader } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { createBrowserRouter, Navigate, Outlet, type RouteObject } from 'react-router'
import { useSession, useMe } from '~/api/session'
import { firstPageOf } from '~/kit/pages'
import { RefusalNote } from '~/kit/refusals'
import classes from './app.module.css'
import { Shell } from './Shell'
import { NoSuchPage, PageFailed } from './Trouble'

const SignIn = lazy(async () => ({ default: (await import('./SignIn')).SignIn }))

/** Pages come when they are wanted; each area names its own. */
const areas: RouteObject[] = [
  { path: 'desk', lazy: async () => ({ Component: (await import('~/operator/Desk')).Desk }) },
  { path: 'board', lazy: async () => ({ Component: (await import('~/supervisor/Board')).Board }) },
  { path: 'calls', lazy: async () => ({ Component: (await import('~/supervisor/History')).History }) },
  { path: 'calls/:key', lazy: async () => ({ Component: (await import('~/supervisor/Story')).Story }) },
  { path: 'phone', lazy: async () => ({ Component: (await import('~/user/PhonePage')).PhonePage }) },
  { path: 'set-up/*', lazy: async () => ({ Component: (await import('~/administrator/SetUp')).SetUp }) },
]

/** Who is not signed in sees the way in at every address, and then the page that they wanted. */
function Gate() {
  const session = useSession()
  if (session.isError) return <div className={classes.gate}><RefusalNote why={session.error} /></div>
  if (session.isPending) return <div className={classes.gate}><Loader color="var(--ink3)" /></div>
  return session.data ? <Shell /> : <Suspense><SignIn /></Suspense>
}

const FirstPage = () => <Navigate to={firstPageOf(useMe())} replace />

export const router = createBrowserRouter([
  { path: '/first-start', lazy: async () => ({ Component: (await import('~/administrator/FirstStart')).FirstStart }), ErrorBoundary: PageFailed },
  { path: '/kit', lazy: async () => ({ Component: (await import('~/kit/KitPage')).KitPage }), ErrorBoundary: PageFailed },
  {
    path: '/', element: <Gate />, ErrorBoundary: PageFailed, HydrateFallback: () => null,
    children: [
      { index: true, element: <FirstPage /> },
      { element: <Outlet />, ErrorBoundary: PageFailed, children: [...areas, { path: '*', element: <NoSuchPage /> }] },
    ],
  },
])
