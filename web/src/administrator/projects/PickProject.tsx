import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useThings } from '../frame/things'
import { MAIN } from './held'
import { useWords } from './words'

/** Projects to choose from; the main one is there even if nobody configured it. */
export function useProjects(): { value: string; label: string }[] {
  const say = useWords()
  const { data = [] } = useThings('project')
  const known = data.map(({ thing }) => ({ value: thing.id, label: thing.title }))
  return known.some(({ value }) => value === MAIN) ? known : [{ value: MAIN, label: say('main') }, ...known]
}

/** To which project it belongs. */
export function PickProject(props: { label?: string; description?: string; value: string; onChange: (key: never) => void; error: ReactNode }) {
  const data = useProjects()
  const { value, onChange, ...rest } = props
  return <Select searchable data={data} value={value} onChange={(key) => onChange(key as never)} {...rest} />
}
